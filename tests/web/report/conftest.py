"""A town whose reports are drawn at once by a pretender, and what it was asked to draw."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import pytest

from app.domain.report.figures import Chart
from app.domain.report.pages import Report
from app.render.files import SLOT, Attachment, Pdf
from app.services.closing import close_assessment
from app.services.drawing import drawn, drawn_with
from app.services.studio import Studio
from app.store.unit_of_work import writing
from app.web.report import routes
from tests.web.town import KEY, NOW, Town

T = TypeVar("T")


@dataclass
class Pretender:
    """A renderer that draws nothing; ``held`` is waited for, ``fails`` is raised, ``watch`` is called meanwhile."""

    drawn: list[Report] = field(default_factory=list)
    inside: list[tuple[str, ...]] = field(default_factory=list)
    held: threading.Event = field(default_factory=threading.Event)
    fails: Exception | None = None
    watch: Callable[[], None] = lambda: None

    def _draw(self, report: Report) -> None:
        self.held.wait(20)
        self.watch()
        self.drawn.append(report)
        if self.fails is not None:
            raise self.fails

    def pdf(self, report: Report, attachments: Sequence[Attachment] = ()) -> Pdf:
        self._draw(report)
        self.inside.append(tuple(one.name for one in attachments))
        return Pdf(b"%PDF-" + str(len(self.drawn)).encode(), (), 1)

    def html(self, report: Report) -> bytes:
        self._draw(report)
        return b"<!DOCTYPE html><style>p {}</style><p>drawn</p>"

    def body(self, report: Report) -> str:
        self._draw(report)
        heading = f"<h1>Drawn {len(self.drawn)}</h1>"
        return f'<div class="report"><nav aria-label="Contents">{SLOT}</nav><main id="main">{heading}</main></div>'

    def svg(self, chart: Chart, *, figure_id: str, alt: str) -> str:
        del chart, figure_id, alt
        return ""

    def run(self, work: Callable[..., T], *given: Any) -> T:  # noqa: ANN401 - as ``Renderer.run``, whatever a job takes
        return partial(drawn_with, self)(*given) if work is drawn else work(*given)  # type: ignore[return-value]


@pytest.fixture
def pretender(town: Town, monkeypatch: pytest.MonkeyPatch) -> Pretender:
    """Draws for the town, and is waited for however busy the machine is."""
    monkeypatch.setattr(routes, "PATIENCE", 20.0)
    renderer = Pretender()
    renderer.held.set()
    town.app.extensions["mythmark_studio"] = Studio(renderer)
    return renderer


def close(town: Town, assessment_id: str) -> str:
    with writing(town.engine) as session:
        close_assessment(session, town.actor("alice"), town.row(session, assessment_id), at=NOW, key=KEY)
    return assessment_id


@pytest.fixture
def closed(town: Town, pretender: Pretender) -> str:
    """A closed assessment in which nobody answered anything."""
    del pretender
    return close(town, town.begin("2026-Q2", variant="pulse"))
