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


def new_team(slug: str) -> str:
    """The form of a new team."""
    return f"/organizations/{slug}/teams/new"


def choose_team(slug: str) -> str:
    """Which team a new assessment is of."""
    return f"/organizations/{slug}/assessments/new"


def team_settings(team_id: str) -> str:
    """A team's name, and the archive."""
    return f"/teams/{team_id}/settings"


def offers(team_id: str) -> str:
    """What a team lets other teams take over."""
    return f"/teams/{team_id}/offers"


def board(team_id: str) -> str:
    """The board of a team's roadmap."""
    return f"/teams/{team_id}/roadmap"


def plan(team_id: str) -> str:
    """The plan as it would be, before anybody accepts it."""
    return f"/teams/{team_id}/roadmap/plan"


def take_out(team_id: str) -> str:
    """The board as files, as a calendar and as issues."""
    return f"/teams/{team_id}/roadmap/take-out"


def action(action_id: str) -> str:
    """One action of a board."""
    return f"/actions/{action_id}"


def new_assessment(team_id: str) -> str:
    """The form of a new assessment."""
    return f"/teams/{team_id}/assessments/new"


def answer_alone(team_id: str) -> str:
    """Posting there starts a pulse that one answers alone, open at once."""
    return f"/teams/{team_id}/assessments/alone"


def import_assessment(team_id: str) -> str:
    """The form that takes an assessment file or a report in."""
    return f"/teams/{team_id}/assessments/import"


def assessment(assessment_id: str) -> str:
    """An assessment: where it stands and what comes next."""
    return f"/assessments/{assessment_id}"


def assessment_settings(assessment_id: str) -> str:
    """The settings of an assessment."""
    return f"/assessments/{assessment_id}/settings"


def assessment_step(assessment_id: str, step: str) -> str:
    """A step in the life of an assessment: open, close, void or discard."""
    return f"/assessments/{assessment_id}/{step}"


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


def wall(assessment_id: str) -> str:
    """What the room sees on the projector."""
    return f"/assessments/{assessment_id}/workshop/wall"


def sheets(assessment_id: str) -> str:
    """Question sheets to be printed."""
    return f"/assessments/{assessment_id}/workshop/sheets"


def rehearsal(team_id: str) -> str:
    """A workshop with simulated participants, to try it."""
    return f"/teams/{team_id}/rehearsal"
