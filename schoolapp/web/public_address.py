"""The address under which the world reaches a page, for links that leave the browser: mail and papers."""

from flask import current_app, request


def public_address(path: str) -> str:
    """The whole address of a path of ours; under the name it was asked by, where the installation has none."""
    return f"{current_app.config['BASE_URL'] or request.host_url.rstrip('/')}{path}"
