"""Who is asking: a frozen value, read once a request."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store.lookups import people
from app.store.tables.people import MembershipTeamRow


@dataclass(frozen=True)
class Membership:
    """A person's part in one organization. ``teams``: inner keys; they say nothing when ``all_teams``."""

    organization_id: int
    slug: str
    organization: str
    role: str
    all_teams: bool = False
    teams: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Actor:
    """A person who is signed in, or whose token was sent."""

    user_id: int
    name: str
    memberships: tuple[Membership, ...] = ()

    def membership_in(self, organization_id: int) -> Membership | None:
        """Their part in this organization, or None."""
        return next((m for m in self.memberships if m.organization_id == organization_id), None)


def actor_of(session: Session, user_id: int) -> Actor:
    """The person with their memberships, by name of the organization; raises NotFound."""
    user = people.user_by_key(session, user_id)
    found = people.memberships_of(session, user_id)
    mine = select(MembershipTeamRow.membership_id, MembershipTeamRow.team_id).where(
        MembershipTeamRow.membership_id.in_([m.id for _, m in found])
    )
    teams: dict[int, set[int]] = {}
    for membership_id, team_id in session.execute(mine) if found else ():
        teams.setdefault(membership_id, set()).add(team_id)
    return Actor(
        user_id=user.id,
        name=user.name or user.email,
        memberships=tuple(
            Membership(o.id, o.slug, o.name, m.role, m.all_teams, frozenset(teams.get(m.id, ()))) for o, m in found
        ),
    )
