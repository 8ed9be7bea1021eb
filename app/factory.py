"""Puts the application together: the only file that knows every part."""

from flask import Flask

from app.config import Settings, read_settings
from app.web import home


def create_app(settings: Settings | None = None) -> Flask:
    """Make the web application; raises BadSetting."""
    app = Flask("mythmark", static_folder=None, template_folder=None)
    app.config["SETTINGS"] = settings or read_settings()
    app.register_blueprint(home.blueprint)
    return app
