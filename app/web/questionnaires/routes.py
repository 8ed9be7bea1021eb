"""``/organizations/<slug>/questionnaires``: read, upload, preview, publish, compare."""

from flask import Blueprint, Response

from app.accounts.permissions import Capability
from app.formats.problems import Problems
from app.services.errors import ServiceError
from app.services.pack_changes import pack_changes
from app.services.packs import (
    ShelfEntry,
    find_pack,
    publish_pack,
    questionnaire_of,
    shelf_of,
    upload_pack,
    withdraw_draft,
)
from app.store.tables.teams import PackRow
from app.web import ways
from app.web.access import UPLOAD_BYTES, Role, allow
from app.web.forms import sent
from app.web.page import Link, render_page, say, see_other
from app.web.questionnaires.forms import ButtonForm, UploadForm
from app.web.questionnaires.pages import (
    DifferencesPage,
    Entry,
    QuestionnairePage,
    ShelfPage,
    asked_dimensions,
    believed,
    differences,
)
from app.web.shared import ConfirmPage
from app.web.units import session
from app.web.visit import acting, frame, may, now, place

blueprint = Blueprint("questionnaires", __name__, url_prefix="/organizations/<slug>/questionnaires")
_READ = allow(Role.VIEWER, within=("slug",))
# A name such as mlops@1.0.0 is looked for on the organization's shelf only.
_READ_ONE = allow(Role.VIEWER, within=("slug",), free=("name",))
_OWNER_OF_ONE = allow(Role.OWNER, within=("slug",), free=("name",))


@blueprint.get("")
@_READ
def show(slug: str) -> Response:
    """The shelf."""
    return render_page(_shelf_page(slug), form=UploadForm())


@blueprint.post("")
@allow(Role.OWNER, within=("slug",), at_most=UPLOAD_BYTES)
def upload(slug: str) -> Response:
    """Put a pack on the shelf as a draft, or say with line and column what is wrong with it."""
    form = UploadForm()
    if not sent(form):
        return render_page(_shelf_page(slug), form=form)
    given = form.pack.data
    name = given.filename or "questionnaire.yaml"
    try:
        row = upload_pack(session(), acting(), place().organization_id, given.read(), name=name, at=now())
    except Problems as problem:
        return render_page(
            _shelf_page(slug, refused=name, problems=problem), form=UploadForm(formdata=None), status=422
        )
    except ServiceError as problem:
        text = str(problem)
        form.pack.errors = [f"{text[0].upper()}{text[1:]}."]
        return render_page(_shelf_page(slug), form=form)
    say("It is on the shelf as a draft: read it, then publish it.")
    return see_other(_address(slug, row))


@blueprint.get("/<name>")
@_READ_ONE
def preview(slug: str, name: str) -> Response:
    """A whole questionnaire."""
    return render_page(_preview_page(slug, name))


@blueprint.get("/<name>/file")
@_READ_ONE
def file(slug: str, name: str) -> Response:
    """The pack as it was uploaded."""
    del slug
    row = find_pack(session(), place().organization_id, name, drafts=True)
    answer = Response(row.content, mimetype="application/yaml")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{row.pack}-{row.version}.yaml")
    return answer


@blueprint.get("/<name>/since/<earlier>")
@allow(Role.VIEWER, within=("slug",), free=("name", "earlier"))
def compare(slug: str, name: str, earlier: str) -> Response:
    """What a version changes."""
    here = frame("Questionnaires")
    rows = [find_pack(session(), place().organization_id, one, drafts=True) for one in (earlier, name)]
    old, new = (questionnaire_of(row) for row in rows)
    changes = pack_changes(old, new)
    page = DifferencesPage(
        title=f"What {new.name} changes",
        viewer=here.viewer,
        nav=here.nav,
        trail=(Link("Questionnaires", ways.questionnaires(slug)), Link(new.title, _address(slug, rows[1]))),
        old=Link(old.name, _address(slug, rows[0])),
        new=Link(new.name, _address(slug, rows[1])),
        groups=differences(old, new, changes),
        scoring=changes.scoring,
    )
    return render_page(page)


@blueprint.get("/<name>/publish")
@_OWNER_OF_ONE
def ask_to_publish(slug: str, name: str) -> Response:
    """Ask before a version is frozen."""
    row = find_pack(session(), place().organization_id, name, drafts=True)
    return render_page(
        ConfirmPage(
            title=f"Publish {name}?",
            text="Assessments can use it from then on. A published version never changes; a new one succeeds it.",
            yes="Publish it",
            no="Keep it as a draft",
            action=f"{_address(slug, row)}/publish",
            back=_address(slug, row),
        ),
        form=ButtonForm(),
    )


@blueprint.post("/<name>/publish")
@_OWNER_OF_ONE
def publish(slug: str, name: str) -> Response:
    """Freeze a draft."""
    row = find_pack(session(), place().organization_id, name, drafts=True)
    publish_pack(session(), acting(), row, at=now())
    say(f"{name} is published; new assessments can use it.")
    return see_other(_address(slug, row))


@blueprint.post("/<name>/withdraw")
@_OWNER_OF_ONE
def withdraw(slug: str, name: str) -> Response:
    """Take a draft off the shelf."""
    withdraw_draft(session(), acting(), find_pack(session(), place().organization_id, name, drafts=True), at=now())
    say(f"The draft {name} is off the shelf.")
    return see_other(ways.questionnaires(slug))


def _address(slug: str, row: PackRow | ShelfEntry) -> str:
    return f"{ways.questionnaires(slug)}/{row.pack}@{row.version}"


def _shelf_page(slug: str, refused: str = "", problems: Problems | None = None) -> ShelfPage:
    here = frame("Questionnaires")
    shelf = shelf_of(session(), place().organization_id)
    mine = may(Capability.MANAGE_PACKS)
    seen = [one for one in shelf if one.published or mine]
    return ShelfPage(
        title="Questionnaires",
        viewer=here.viewer,
        nav=here.nav,
        base=ways.questionnaires(slug),
        entries=tuple(
            Entry(one.title, one.name, _address(slug, one), _state(one), _before(slug, one, shelf)) for one in seen
        ),
        may_upload=mine,
        refused=refused,
        problems=problems.items if problems else (),
    )


def _state(one: ShelfEntry) -> str:
    return "draft" if not one.published else "published" if one.own else "shipped"


def _before(slug: str, one: ShelfEntry, shelf: tuple[ShelfEntry, ...]) -> Link | None:
    """The way to what this version changes against the one before it."""
    earlier = [e for e in shelf if e.pack == one.pack and e.published and _number(e.version) < _number(one.version)]
    if not earlier:
        return None
    last = max(earlier, key=lambda e: _number(e.version))
    return Link(f"changes since {last.version}", f"{_address(slug, one)}/since/{last.name}")


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _preview_page(slug: str, name: str) -> QuestionnairePage:
    here = frame("Questionnaires")
    row = find_pack(session(), place().organization_id, name, drafts=True)
    shelf = shelf_of(session(), place().organization_id)
    entry = next(one for one in shelf if one.public_id == row.public_id)
    found = questionnaire_of(row)
    return QuestionnairePage(
        title=found.title,
        viewer=here.viewer,
        nav=here.nav,
        trail=(Link("Questionnaires", ways.questionnaires(slug)),),
        base=_address(slug, row),
        name=found.name,
        state=_state(entry),
        facts=(
            ("Questions", f"{len(found.core)} core, {len(found.questions) - len(found.core)} in overlays"),
            ("Pulse", f"{len(found.pulse)} questions"),
            ("Myths", f"{len(found.myths)}, from {len(found.claims)} documented claims"),
            ("Beliefs", str(len(found.beliefs))),
            ("Actions", str(len(found.steps))),
            ("The rule for answers", found.answer_rule),
        ),
        dimensions=asked_dimensions(found),
        myths=believed(found),
        level_names=found.level_names,
        may_publish=not entry.published and may(Capability.MANAGE_PACKS),
        before=_before(slug, entry, shelf),
    )
