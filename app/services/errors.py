"""What the services refuse, in the words of the domain; the store's NotFound and VersionConflict pass through.

MythmarkError
└── ServiceError
    ├── NotValid              what was given cannot be meant (422)
    │   ├── NotAnAnswer       no answer to this question, or to this belief
    │   └── OtherTeam         a file that names another team than the one it is given to
    ├── NotThere              a question, belief or role that this assessment does not hold (404)
    ├── NotAllowedHere        the terms forbid it, whoever asks (403)
    │   └── RawStaysHere      answers one by one leave an assessment with open terms only
    └── WrongMoment           right, but not now (409)
        ├── NameTaken         another one has this name
        ├── AssessmentExists  the team has one of this quarter and variant
        ├── NotYetOpen        answers are taken while the assessment is open
        ├── AssessmentFrozen  it is closed, and what is closed never changes
        ├── VotingClosed      the votes of this question are shown or settled
        ├── AnonymityFixed    somebody has answered under the terms as they are
        ├── RoleFixed         somebody has answered in the role they said
        ├── TeamArchived      an archived team is assessed no more
        ├── NoLiveModel       there is nothing to assess yet
        └── SettledChanged    a closed assessment is not what was published
"""

from app.domain.errors import MythmarkError


class ServiceError(MythmarkError):
    """Anything a service refuses; the text is fit to be shown."""


class NotValid(ServiceError):
    """What was given cannot be meant; ``field`` names the part."""

    def __init__(self, field: str, says: str) -> None:
        super().__init__(says)
        self.field = field


class NotAnAnswer(NotValid):
    """No answer to this question or belief."""


class OtherTeam(NotValid):
    """An assessment file of another team; one that was renamed or came from elsewhere may be meant all the same."""

    def __init__(self, organization: str, theirs: str, ours: str) -> None:
        super().__init__("team", f"the file is of the team “{theirs}” of “{organization}”, and this is “{ours}”")


class NotThere(ServiceError):
    """This assessment has no such part."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"this assessment has no {what} {name!r}")
        self.what, self.name = what, name


class NotAllowedHere(ServiceError):
    """The terms of the assessment forbid it."""


class RawStaysHere(NotAllowedHere):
    """Answers one by one are for assessments with open terms."""

    def __init__(self) -> None:
        super().__init__("answers one by one leave an assessment with open terms only; take the settled form")


class WrongMoment(ServiceError):
    """What was asked for does not fit the state of things."""


class NameTaken(WrongMoment):
    """Another one has this name."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"there is {what} called {name!r} already; choose another name")


class AssessmentExists(WrongMoment):
    """One assessment a team, quarter and variant."""

    def __init__(self, quarter: str, variant: str) -> None:
        kind = "pulse" if variant == "pulse" else "full assessment"
        super().__init__(f"the team has a {kind} of {quarter} already; continue that one, or let an owner void it")


class NotYetOpen(WrongMoment):
    """The assessment is a draft."""

    def __init__(self) -> None:
        super().__init__("the assessment is not open yet; a facilitator opens it")


class AssessmentFrozen(WrongMoment):
    """The assessment is closed or voided."""

    def __init__(self) -> None:
        super().__init__("the assessment is closed; what is closed never changes")


class VotingClosed(WrongMoment):
    """The votes of the question are shown or settled."""

    def __init__(self, question: str) -> None:
        super().__init__(f"the voting on {question} has ended; its votes are shown or settled")
        self.question = question


class AnonymityFixed(WrongMoment):
    """The terms stay as they were when somebody first answered."""

    def __init__(self) -> None:
        super().__init__("somebody has answered under the present terms; they stay as they are")


class RoleFixed(WrongMoment):
    """The role stays as it was when its holder first answered."""

    def __init__(self) -> None:
        super().__init__("you have answered in your role; it stays as it is in this assessment")


class TeamArchived(WrongMoment):
    """An archived team is assessed no more."""

    def __init__(self) -> None:
        super().__init__("the team is archived; its reports can still be read")


class NoLiveModel(WrongMoment):
    """An organization without a live model has nothing to assess."""

    def __init__(self) -> None:
        super().__init__(
            "there is no live model yet, so there is nothing to assess; come back when the first one is in use"
        )


class SettledChanged(WrongMoment):
    """The stored form of a closed assessment does not have the digest it was published under."""

    def __init__(self, public_id: str) -> None:
        super().__init__(
            f"assessment {public_id} is not what was published: its settled form has changed; restore a backup"
        )
