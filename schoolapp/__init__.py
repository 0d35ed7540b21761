"""schoolapp: Italian-L2 workshops and mediated meetings for schools."""

from typing import Any

from flask import Flask

from schoolapp import blueprints, cli, config
from schoolapp.extensions import babel, csrf, init_database, limiter
from schoolapp.web import (
    access,
    accounts,
    addresses,
    assets,
    compression,
    errors,
    formats,
    headers,
    icons,
    links,
    locale,
    logs,
    mail,
    markup,
    navigation,
    proxies,
    translations,
)


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """The application; `settings` (tests, tools) stand in for the environment."""
    app = Flask(__name__, instance_path=str(config.INSTANCE_PATH), static_folder=None)
    app.config.from_mapping(config.DEFAULTS)
    app.config.from_mapping(config.from_environment() if settings is None else settings)
    markup.init_app(app)

    proxies.init_app(app)
    addresses.init_app(app)
    logs.init_app(app)
    compression.init_app(app)
    init_database(app)
    access.init_app(app)  # before CSRF: who may come in is asked first
    csrf.init_app(app)
    babel.init_app(app, locale_selector=locale.chosen)
    translations.init_app(app)
    limiter.init_app(app)
    mail.init_app(app)
    accounts.init_app(app)
    errors.init_app(app)
    links.init_app(app)
    headers.init_app(app)
    formats.init_app(app)
    assets.init_app(app)
    icons.init_app(app)
    navigation.init_app(app)
    blueprints.init_app(app)
    cli.init_app(app)
    return app
