"""The shelf of an organization: shipped questionnaires and its own, from upload to published version."""

import datetime as dt
from dataclasses import dataclass

from app.domain.questionnaire import Questionnaire
from app.formats.packs import load_questionnaire
from app.formats.shelf import SHIPPED
from app.services.actors import Actor
from app.services.errors import NotValid, WrongMoment
from app.services.keeping import Kept
from app.store.errors import NotFound
from app.store.lookups import teams
from app.store.record import add_once
from app.store.record.requests import log
from app.store.tables.teams import PackRow
from app.store.unit_of_work import Session

#: Reading takes a second, so what was read is kept, under its digest.
_read: Kept[Questionnaire] = Kept(32)


class PackExists(WrongMoment):
    """A published version never changes."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is on the shelf already and says something else; raise the version")


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """One version of one questionnaire on a shelf; ``own`` is the organization's, the others are shipped."""

    public_id: str
    pack: str
    version: str
    title: str
    own: bool
    published: bool

    @property
    def name(self) -> str:
        """``mlops@1.0.0``."""
        return f"{self.pack}@{self.version}"


class OrganizationShelf:
    """What assessments of one organization can name: published packs, read when first wanted."""

    def __init__(self, session: Session, organization_id: int) -> None:
        self._rows = {
            f"{row.pack}@{row.version}": row
            # Shipped ones first: the organization's own of the same name would win, if there could be one.
            for row in reversed(teams.shelf(session, organization_id))
            if row.published_at is not None
        }

    def names(self) -> tuple[str, ...]:
        """Every published name, in alphabetical order."""
        return tuple(sorted(self._rows))

    def row(self, name: str) -> PackRow:
        """The row of a name; raises NotFound."""
        if name not in self._rows:
            raise NotFound("questionnaire")
        return self._rows[name]

    def get(self, name: str) -> Questionnaire:
        """The questionnaire of a name; raises NotFound."""
        return questionnaire_of(self.row(name))


def place_shipped(session: Session, *, at: dt.datetime) -> tuple[str, ...]:
    """Put the questionnaires that come with the program on everybody's shelf; the names of those that are new."""
    new = []
    there = {(row.pack, row.version): row for row in teams.shipped_packs(session)}
    texts = {row.content for row in there.values()}
    for path in sorted(SHIPPED.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        if text in texts:
            continue
        found = load_questionnaire(text.encode(), path.name)
        present = there.get((found.id, found.version))
        if present is None:
            session.add(_row(None, found, text, at, published=True))
            log(session, None, "questionnaire.shipped", at=at, target=found.name)
            new.append(found.name)
        elif present.digest != found.digest:
            raise PackExists(found.name)
    session.flush()
    return tuple(new)


def upload_pack(
    session: Session, actor: Actor, organization_id: int, data: bytes, *, name: str, at: dt.datetime
) -> PackRow:
    """Put a pack on the shelf as a draft; ``name`` is what problems call the file.

    The same version uploaded again replaces the draft. Raises Problems with all of them, PackExists.
    """
    found = load_questionnaire(data, name)
    text = data.decode("utf-8-sig")
    try:
        there = teams.pack(session, organization_id, found.id, found.version)
    except NotFound:
        there = _row(organization_id, found, text, at, published=False)
        there.created_by = actor.user_id
        if not add_once(session, there):
            raise PackExists(found.name) from None
    else:
        if there.digest == found.digest:
            return there
        if there.published_at is not None:
            raise PackExists(found.name)
        there.title, there.content, there.digest = found.title, text, found.digest
        session.flush()
    log(session, organization_id, "questionnaire.uploaded", at=at, actor_id=actor.user_id, target=found.name)
    return there


def publish_pack(session: Session, actor: Actor, pack: PackRow, *, at: dt.datetime) -> None:
    """Publish a draft: from now on it never changes, only a new version succeeds it. Again changes nothing."""
    if pack.organization_id is None:
        raise NotValid("questionnaire", "a shipped questionnaire is published already")
    if pack.published_at is None:
        questionnaire_of(pack)
        pack.published_at = at
        session.flush()
        name = f"{pack.pack}@{pack.version}"
        log(session, pack.organization_id, "questionnaire.published", at=at, actor_id=actor.user_id, target=name)


def withdraw_draft(session: Session, actor: Actor, pack: PackRow, *, at: dt.datetime) -> None:
    """Take a draft off the shelf; raises NotValid for a published version."""
    if pack.organization_id is None or pack.published_at is not None:
        raise NotValid("questionnaire", "a published version stays on the shelf; publish one that succeeds it")
    name = f"{pack.pack}@{pack.version}"
    log(session, pack.organization_id, "questionnaire.withdrawn", at=at, actor_id=actor.user_id, target=name)
    session.delete(pack)
    session.flush()


def shelf_of(session: Session, organization_id: int) -> tuple[ShelfEntry, ...]:
    """The shelf of an organization: its own, drafts too, then the shipped ones; by id and version."""
    return tuple(
        ShelfEntry(r.public_id, r.pack, r.version, r.title, r.organization_id is not None, r.published_at is not None)
        for r in teams.shelf(session, organization_id)
    )


def find_pack(session: Session, organization_id: int, name: str, *, drafts: bool = False) -> PackRow:
    """A questionnaire on this shelf by its name, ``mlops@1.0.0``; raises NotFound."""
    pack, _, version = name.partition("@")
    row = teams.pack(session, organization_id, pack, version)
    if row.published_at is None and not drafts:
        raise NotFound("questionnaire")
    return row


def questionnaire_of(pack: PackRow) -> Questionnaire:
    """The questionnaire that a row holds: what a preview shows and an assessment asks."""
    return _read.get(pack.digest, lambda: load_questionnaire(pack.content.encode(), f"{pack.pack}@{pack.version}"))


def questionnaire_by_key(session: Session, pack_key: int) -> Questionnaire:
    """The questionnaire of an inner key, taken from an assessment that was found before."""
    # What an assessment was frozen with never changes: asked once a unit, however many answers it takes.
    digests: dict[int, str] = session.info.setdefault("pack digests", {})
    digest = digests.get(pack_key) or digests.setdefault(pack_key, teams.pack_digest(session, pack_key))
    return questionnaire_by_digest(session, pack_key, digest)


def questionnaire_by_digest(session: Session, pack_key: int, digest: str) -> Questionnaire:
    """The same, for who knows its digest already."""
    return _read.get(digest, lambda: questionnaire_of(teams.pack_by_key(session, pack_key)))


def _row(organization_id: int | None, found: Questionnaire, text: str, at: dt.datetime, *, published: bool) -> PackRow:
    return PackRow(
        organization_id=organization_id,
        pack=found.id,
        version=found.version,
        title=found.title,
        content=text,
        digest=found.digest,
        created_at=at,
        published_at=at if published else None,
    )
