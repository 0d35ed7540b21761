"""Headers of every answer: what the browser may load, frame and keep."""

from flask import Flask, Response
from secure import Secure
from secure.headers import (
    ContentSecurityPolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)

POLICY = (
    ContentSecurityPolicy()
    .default_src("'none'")
    .script_src("'self'")
    .style_src("'self'")
    .img_src("'self'")
    .font_src("'self'")
    .connect_src("'self'")
    .manifest_src("'self'")
    .worker_src("'self'")
    .form_action("'self'")
    .base_uri("'none'")
    .frame_ancestors("'none'")
)


def init_app(app: Flask) -> None:
    headers = dict(
        Secure(
            csp=POLICY,
            hsts=StrictTransportSecurity().max_age(31_536_000) if app.config["HTTPS"] else None,
            referrer=ReferrerPolicy().same_origin(),
            permissions=PermissionsPolicy().camera().microphone().geolocation(),
            xcto=XContentTypeOptions().nosniff(),
            xfo=XFrameOptions().deny(),
        ).headers
    )

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        # A page belongs to the person who asked for it: no proxy, back button or next person may get it.
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
        return response
