"""Puts the application together: the only file that knows every part."""

import secrets
from pathlib import Path

from flask import Flask

from app.config import Settings, read_settings
from app.render.charts import draw
from app.web import errors, formatting, forms, logs, security, styleguide, theme
from app.web.access import guard
from app.web.assets import asset, serve_assets
from app.web.health import health_room, measure
from app.web.help import help_room
from app.web.parts import Parts
from app.web.proxies import TrustedProxies

TEMPLATES = Path(__file__).parent / "templates"


def create_app(settings: Settings | None = None, parts: Parts | None = None) -> Flask:
    """Make the web application; raises BadSetting, and UndecidedRoute for a route that nobody decided about.

    ``parts`` are the rooms beside those that need no data, and what they bring with them.
    """
    settings, parts = settings or read_settings(), parts or Parts()
    app = _bare(settings)
    # The order matters: what is first before a request is last after it, so each line is whole.
    logs.configure()
    logs.watch(app)
    if settings.metrics:
        measure(app)
    security.secure(app)
    for extend in parts.extend:
        extend(app)
    rooms = [health_room(parts.ready), theme.blueprint, help_room(draw), parts.home, parts.entrance]
    if settings.styleguide or app.debug:
        rooms.append(styleguide.blueprint)
    for room in (*rooms, *parts.rooms):
        app.register_blueprint(room)
    errors.refuse(app)
    guard(app, parts.gate, parts.others)
    forms.protect(app)
    app.wsgi_app = TrustedProxies(serve_assets(app.wsgi_app), settings.trusted_proxies)  # type: ignore[method-assign]
    return app


def _bare(settings: Settings) -> Flask:
    """Flask with our settings and our templates, without a route."""
    app = Flask("app", static_folder=None, template_folder=str(TEMPLATES))
    https = (settings.url or "").startswith("https:")
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key.get_secret_value() if settings.secret_key else secrets.token_hex(32),
        # A name with __Host- is refused by browsers on plain http, and workshops must work there too.
        SESSION_COOKIE_NAME="__Host-mythmark" if https else "mythmark",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        TEMPLATES_AUTO_RELOAD=False,
    )
    formatting.teach(app)
    app.jinja_env.globals["asset"] = asset
    return app
