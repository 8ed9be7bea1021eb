"""Puts the application together: the only file that knows every part."""

import datetime as dt
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from flask import Flask

from app.accounts.from_settings import mailer_of, provider_of
from app.accounts.gate import MembershipGate
from app.accounts.port import Port
from app.accounts.security import set_up
from app.accounts.single_sign_on import set_up_single_sign_on
from app.config import Settings, read_settings
from app.live.clockwork import aside
from app.render.worker import render_process
from app.services.readiness import missing
from app.services.secret_key import secret_key
from app.store.unit_of_work import Engine, make_engine
from app.web import (
    answering,
    api,
    assessments,
    errors,
    formatting,
    forms,
    home,
    logs,
    organization,
    people,
    profile,
    questionnaires,
    record,
    report,
    reports,
    roadmap,
    room,
    security,
    stage,
    styleguide,
    teams,
    theme,
    units,
    workshop,
)
from app.web.access import guard
from app.web.assets import asset, serve_assets
from app.web.health import health_room, measure
from app.web.help import help_room
from app.web.parts import Parts
from app.web.proxies import TrustedProxies
from app.web.units import Application

#: Tells this moment, in UTC.
Clock: TypeAlias = Callable[[], dt.datetime]
TEMPLATES = Path(__file__).parent / "templates"


def now() -> dt.datetime:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def create_app(settings: Settings | None = None, parts: Parts | None = None) -> Flask:
    """Make the web application; raises BadSetting, BadSecret, and UndecidedRoute for a route nobody decided about.

    ``parts`` are the rooms beside those that need no data, and what they bring with them; without them the whole
    house, on the database of the settings.
    """
    settings = settings or read_settings()
    key = secrets.token_hex(32).encode() if parts is not None else secret_key(settings)
    parts = parts or house(make_engine(settings.database, aside=aside), settings, key)
    app = _bare(settings, key)
    # The order matters: what is first before a request is last after it, so each line is whole.
    logs.configure()
    logs.watch(app)
    if settings.metrics:
        measure(app)
    security.secure(app)
    reports.make_reports(app, render_process())
    for extend in parts.extend:
        extend(app)
    rooms = [health_room(parts.ready), theme.blueprint, help_room(render_process()), parts.home, parts.entrance]
    if settings.styleguide or app.debug:
        rooms.append(styleguide.blueprint)
    for one in (*rooms, *parts.rooms):
        app.register_blueprint(one)
    errors.refuse(app)
    guard(app, parts.gate, parts.others)
    forms.protect(app)
    app.wsgi_app = TrustedProxies(serve_assets(app.wsgi_app), settings.trusted_proxies)  # type: ignore[method-assign]
    return app


def house(engine: Engine, settings: Settings, key: bytes, clock: Clock = now) -> Parts:
    """Every room of ours on this database. ``key`` signs and keys digests, ``clock`` tells this moment in UTC."""
    provider = provider_of(settings)

    def live_in(app: Flask) -> None:
        units.keep_units(app, engine)
        stage.keep_stage(app, engine)
        mailer, address = mailer_of(settings), settings.url
        port = Port(units.session, units.look, units.note, clock, profile.draw, key, mailer, address, provider)
        set_up(app, port)
        if provider is not None:
            set_up_single_sign_on(app, provider)

    rooms = (
        *(profile, people, teams, assessments, questionnaires, organization, api),
        *(answering, record, workshop, report, roadmap, room),
    )
    return Parts(
        rooms=tuple(one.blueprint for one in rooms),
        home=home.blueprint,
        entrance=profile.entrance,
        gate=room.SeatGate(MembershipGate()),
        ready=lambda: missing(engine),
        extend=(live_in,),
        others=profile.OTHERS,
    )


def _bare(settings: Settings, key: bytes) -> Flask:
    """Flask with our settings and our templates, without a route."""
    app = Application("app", static_folder=None, template_folder=str(TEMPLATES))
    https = (settings.url or "").startswith("https:")
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key.get_secret_value() if settings.secret_key else key.decode(),
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
