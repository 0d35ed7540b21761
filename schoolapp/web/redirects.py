"""Where to go back to: only to pages of our own."""

from urllib.parse import urlsplit

from flask import request


def back_or(default: str) -> str:
    """The page the request came from, if it is ours; `default` else."""
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc != request.host or not came_from.path.startswith("/") or came_from.path.startswith("//"):
        return default
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")
