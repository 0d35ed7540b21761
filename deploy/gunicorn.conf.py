"""The production server's settings: gunicorn -c deploy/gunicorn.conf.py wsgi:app

Sync workers behind a proxy: each answers one request at a time and shares the application's memory with the others,
since the application is loaded once, before the workers are made.
"""

import gc
import os
from pathlib import Path
from typing import Any

from sqlalchemy.orm import configure_mappers

from schoolapp.documents.fonts import load_fonts

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '5000')}")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "sync"
preload_app = True

timeout = 60
graceful_timeout = 20

# The workers' heartbeat is a file; on a disk that is busy a write could stall and kill a healthy worker.
_memory = Path("/dev/shm")  # noqa: S108
if _memory.is_dir() and os.access(_memory, os.W_OK):
    worker_tmp_dir = str(_memory)

# The application writes its own structured log; addresses in an access log would be personal data nobody reads.
accesslog = None
loglevel = "warning"
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Before the workers are made: load what each would load for itself, and keep the garbage collector off it.

    Memory that nobody writes to is shared by all workers; the first visitor waits for no template either.
    """
    templates = server.app.wsgi().jinja_env
    for name in templates.list_templates(extensions=["html"]):
        templates.get_template(name)
    configure_mappers()
    load_fonts()
    gc.collect()
    gc.freeze()
