"""Mythmark with one more view beside it, which stores a level and does nothing else: what S2 is compared with."""

import json
from typing import Any

from flask import Flask, Response, request
from sqlalchemy import Column, Integer, MetaData, String, Table, text
from sqlalchemy.dialects.sqlite import insert

from app.config import read_settings
from app.factory import create_app
from app.live.clockwork import aside
from app.store.unit_of_work import Engine, make_engine, writing

BARE = Table("bare_votes", MetaData(), Column("token", String(80), primary_key=True), Column("level", Integer))


def make_app() -> Flask:
    """Ours, and under /bare a Flask application that knows nothing of it but the way to commit."""
    app = create_app()
    bare = bare_app(make_engine(read_settings().database, aside=aside))
    inner = app.wsgi_app

    def either(environ: dict[str, Any], start: Any) -> Any:  # noqa: ANN401 - WSGI
        return (bare if environ["PATH_INFO"] == "/bare" else inner)(environ, start)

    app.wsgi_app = either  # type: ignore[assignment,method-assign]  # WSGI within WSGI
    return app


def bare_app(engine: Engine) -> Flask:
    """One view with one upsert, durable before it answers."""
    app = Flask("bare")
    with writing(engine) as session:
        session.execute(text("CREATE TABLE IF NOT EXISTS bare_votes (token VARCHAR(80) PRIMARY KEY, level INTEGER)"))
    statement = insert(BARE)
    upsert = statement.on_conflict_do_update(index_elements=["token"], set_={"level": statement.excluded.level})

    @app.post("/bare")
    def vote() -> Response:
        level = json.loads(request.get_data())["level"]
        with writing(engine) as session:
            session.execute(upsert, {"token": request.headers["Authorization"], "level": level})
        return Response(status=204)

    return app
