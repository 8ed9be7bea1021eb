"""The addresses of our pages, in one place: rooms lead to each other and never import each other."""


def organization(slug: str) -> str:
    """Its teams side by side."""
    return f"/organizations/{slug}"


def questionnaires(slug: str) -> str:
    """Its shelf."""
    return f"/organizations/{slug}/questionnaires"


def people(slug: str) -> str:
    """Who belongs to it."""
    return f"/organizations/{slug}/people"


def log(slug: str) -> str:
    """Who did what when."""
    return f"/organizations/{slug}/log"


def settings(slug: str) -> str:
    """What can be set for it."""
    return f"/organizations/{slug}/settings"


def team(team_id: str) -> str:
    """A team with its assessments."""
    return f"/teams/{team_id}"


def board(team_id: str) -> str:
    """The board of a team's roadmap."""
    return f"/teams/{team_id}/roadmap"


def new_assessment(team_id: str) -> str:
    """The form of a new assessment."""
    return f"/teams/{team_id}/assessments/new"


def assessment(assessment_id: str) -> str:
    """An assessment: where it stands and what comes next."""
    return f"/assessments/{assessment_id}"


def answering(assessment_id: str) -> str:
    """One's own answers: leads to what is asked next."""
    return f"/assessments/{assessment_id}/answer"


def record(assessment_id: str) -> str:
    """What the room settles on: agreed levels, evidence, shows of hands."""
    return f"/assessments/{assessment_id}/record"


def report(assessment_id: str) -> str:
    """The report."""
    return f"/assessments/{assessment_id}/report"


def workshop(assessment_id: str) -> str:
    """The facilitator's view of the room."""
    return f"/assessments/{assessment_id}/workshop"
