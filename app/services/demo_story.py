"""What the sample organization is like: teams, people and habits, from which the demo is played through the services.

Everything follows from these values and from digests of names; nothing is drawn and no clock is read.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.answers import Anonymity, Variant
from app.domain.quarter import Quarter

SLUG = "demo"
NAME = "Harbour Retail (sample)"
QUESTIONNAIRE = "mlops@1.0.0"
QUARTERS = tuple(Quarter(2025, 4).after(n) for n in range(4))


@dataclass(frozen=True)
class TeamStory:
    """One team. ``start``: the mean level of each dimension in the first quarter, ``pace``: what a quarter adds.

    ``variants``: what was held in each of the four quarters, None for none. ``contested``: questions on which
    builders and runners see different things and the room settles nothing. ``plans``: whether it works by the plan.
    ``older``: in how many quarters it was asked with the older questionnaire. ``workshop``: whether the last quarter
    was settled in a live room.
    """

    name: str
    purpose: str
    scope: tuple[str, ...]
    anonymity: Anonymity
    roles: tuple[str, ...]
    variants: tuple[Variant | None, Variant | None, Variant | None, Variant | None]
    start: Mapping[str, float]
    pace: float
    context: Mapping[str, str]
    share: str = "0.10"
    contested: tuple[str, ...] = ()
    plans: bool = False
    older: int = 0
    last_is_open: bool = False
    workshop: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)


_FOLLOWS = {"ctx-models": "3-10", "ctx-people-effect": "no", "ctx-generative": "no"}

TEAMS = (
    TeamStory(
        name="Demand forecasting",
        purpose="Decide what to build next quarter; read by the team and its sponsor.",
        scope=("demand-forecast", "stock-alert", "promotion-uplift"),
        anonymity="anonymous",
        roles=(
            "data_scientist",
            "data_scientist",
            "data_scientist",
            "ml_engineer",
            "platform",
            "data_engineer",
            "product",
        ),
        variants=("full", "pulse", "full", "full"),
        start={"monitoring": 1.0, "governance": 0.9, "automation": 1.5, "collaboration": 1.2},
        pace=0.22,
        context=_FOLLOWS | {"ctx-team": "7"},
        plans=True,
        older=2,
        notes={"mon-drift": "The weekly comparison covers one of the three models."},
    ),
    TeamStory(
        name="Recommendations",
        purpose="See whether the work of the last quarters shows; read by the whole department.",
        scope=("basket-recommender", "home-page-ranking", "offer-ranking"),
        anonymity="open",
        roles=("data_scientist", "ml_engineer", "ml_engineer", "platform", "product"),
        variants=("full", "full", "full", "full"),
        start={"monitoring": 1.4, "governance": 1.0, "automation": 1.9, "collaboration": 1.6},
        pace=0.3,
        context=_FOLLOWS | {"ctx-team": "5", "ctx-generative": "yes"},
        share="0.15",
        plans=True,
        notes={"aut-rollback": "Rehearsed on the quiet Tuesday of the month."},
    ),
    TeamStory(
        name="Returns and fraud",
        purpose="Agree on where we stand before the audit; read by the team and the risk office.",
        scope=("returns-classifier", "payment-screening"),
        anonymity="anonymous",
        roles=("data_scientist", "data_scientist", "ml_engineer", "platform", "platform", "data_engineer", "risk"),
        variants=("full", None, "full", "full"),
        start={"monitoring": 1.2, "governance": 1.7, "automation": 1.1, "collaboration": 0.9},
        pace=0.16,
        context=_FOLLOWS | {"ctx-models": "1-2", "ctx-team": "6", "ctx-people-effect": "yes"},
        contested=("mon-alert-response", "aut-rollback", "col-oncall", "col-handoff"),
        workshop=True,
        notes={"gov-release-approval": "The risk office signs; the record is a mail."},
    ),
    TeamStory(
        name="Search",
        purpose="Find out where to begin; read by the team.",
        scope=("query-understanding",),
        anonymity="anonymous",
        roles=("data_scientist", "ml_engineer", "data_engineer", "platform", "product", "ml_engineer"),
        variants=(None, "pulse", None, "full"),
        start={"monitoring": 0.8, "governance": 0.5, "automation": 1.2, "collaboration": 1.0},
        pace=0.2,
        context=_FOLLOWS | {"ctx-models": "1-2", "ctx-team": "6"},
        last_is_open=True,
    ),
)


def chance(*names: object) -> float:
    """A number from 0 up to 1 that always belongs to these names."""
    digest = hashlib.sha256("\0".join(map(str, names)).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48
