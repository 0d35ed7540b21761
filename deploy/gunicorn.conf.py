"""The production server's settings: gunicorn -c deploy/gunicorn.conf.py wsgi:app

One worker with a few threads serves a school and its neighbours in half the memory of two. WEB_CONCURRENCY asks for
more, on a machine with more cores; they then share the memory of an application that is loaded before they are made.
"""

import gc
import os
from pathlib import Path
from typing import Any

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '5000')}")
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
worker_class = "gthread"
threads = 4
preload_app = workers > 1

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


def _make_ready(application: Any) -> None:
    """Load what the first visitors would wait for, keep the garbage collector off it, and call it less often: a long
    page makes ten thousand objects, and hardly any of them in a ring.

    What is imported here must not be imported above: a master with one worker stays small without the application.
    """
    from sqlalchemy.orm import configure_mappers

    templates = application.jinja_env
    for name in templates.list_templates(extensions=["html"]):
        templates.get_template(name)
    configure_mappers()
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


def when_ready(server: Any) -> None:
    """Before the workers are made: memory that nobody writes to is shared by all of them.

    The collector writes to whatever it looks at, so what the master has loaded is kept off it too: 1 MiB less in all.
    """
    if preload_app:
        from schoolapp.documents.fonts import load_fonts

        load_fonts()
        _make_ready(server.app.wsgi())
    else:
        gc.freeze()


def post_worker_init(worker: Any) -> None:
    """A worker that loaded the application for itself."""
    if not preload_app:
        _make_ready(worker.wsgi)
