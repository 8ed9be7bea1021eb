import pytest
from sqlalchemy import Engine, Executable, delete, exists, func, or_, select, text, update
from sqlalchemy.orm import aliased

from app.store.errors import UnscopedQuery
from app.store.scope import check
from app.store.tables.answering import ParticipantRow, VoteRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.people import MembershipRow, UserRow
from app.store.tables.teams import PackRow, TeamRow
from app.store.unit_of_work import reading, writing

Other = aliased(TeamRow)
MINE = TeamRow.organization_id == 1
VOTES_OF = VoteRow.assessment_id == AssessmentRow.id

SCOPED: dict[str, Executable] = {
    "organization": select(TeamRow).where(MINE, TeamRow.public_id == "x"),
    "inner keys": select(TeamRow).where(TeamRow.id.in_([1, 2])),
    "owner": select(VoteRow).where(VoteRow.assessment_id == 1),
    "membership": select(TeamRow)
    .join(MembershipRow, MembershipRow.organization_id == TeamRow.organization_id)
    .where(MembershipRow.user_id == 3, TeamRow.public_id == "x"),
    "alias": select(Other).where(Other.organization_id == 1),
    "join": select(VoteRow).join(AssessmentRow, VOTES_OF).where(AssessmentRow.organization_id == 1),
    "exists": select(AssessmentRow).where(AssessmentRow.organization_id == 1, exists().where(VOTES_OF)),
    "subquery": select(TeamRow).where(
        TeamRow.organization_id.in_(select(MembershipRow.organization_id).where(MembershipRow.user_id == 1))
    ),
    "outer join": select(AssessmentRow).outerjoin(VoteRow, VOTES_OF).where(AssessmentRow.id == 1),
    "count": select(func.count()).select_from(TeamRow).where(MINE),
    "update": update(TeamRow).where(MINE).values(name="x"),
    "secret": select(ParticipantRow).where(ParticipantRow.token_hash == "0" * 64),
    "shipped": select(PackRow).where(PackRow.organization_id.is_(None)),
    "no tenant": select(UserRow),
}

UNSCOPED: dict[str, Executable] = {
    "everything": select(TeamRow),
    "public id": select(TeamRow).where(TeamRow.public_id == "x"),
    "or": select(TeamRow).where(or_(MINE, TeamRow.name == "x")),
    "not": select(TeamRow).where(TeamRow.organization_id != 1),
    "alias": select(Other),
    "scope of another alias": select(TeamRow).where(Other.organization_id == 1),
    "join": select(VoteRow).join(AssessmentRow, VOTES_OF),
    "outer join says nothing of its left side": select(AssessmentRow).outerjoin(
        VoteRow, VOTES_OF & (AssessmentRow.organization_id == 1)
    ),
    "exists": select(UserRow).where(exists().where(TeamRow.name == "x")),
    "update": update(TeamRow).values(name="x"),
    "delete": delete(TeamRow).where(TeamRow.name == "a"),
    "subquery": select(TeamRow).where(TeamRow.organization_id.in_(select(MembershipRow.organization_id))),
    "from subquery": select(select(TeamRow.id).subquery()),
    "count": select(func.count()).select_from(TeamRow),
    "itself": select(TeamRow).where(TeamRow.organization_id == TeamRow.id),
    "text": select(TeamRow).where(TeamRow.organization_id == text("organization_id")),
    "function": select(TeamRow).where(TeamRow.organization_id == func.abs(TeamRow.organization_id)),
    "union": select(TeamRow.id).where(MINE).union(select(TeamRow.id)),
    "join on what owns nothing": select(TeamRow).join(UserRow, TeamRow.name == UserRow.name).where(UserRow.id == 1),
}


@pytest.mark.parametrize("name", SCOPED)
def test_a_statement_that_says_whose_rows_it_means_passes(name: str) -> None:
    check(SCOPED[name])


@pytest.mark.parametrize("name", UNSCOPED)
def test_a_statement_that_does_not_say_whose_rows_it_means_is_refused(name: str) -> None:
    with pytest.raises(UnscopedQuery, match="whose"):
        check(UNSCOPED[name])


def test_the_guard_watches_every_statement_of_its_engine(lite: Engine) -> None:
    with reading(lite) as session, pytest.raises(UnscopedQuery):
        session.scalars(select(TeamRow).where(TeamRow.public_id == "x")).all()
    with writing(lite) as session, pytest.raises(UnscopedQuery):
        session.query(TeamRow).filter_by(name="x").delete()
