"""The votings of one question in one assessment: who takes part, which voting counts, what may be shown of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.domain.answers import Answer, Assessment, DontKnow, Hands, Level, NotApplicable
from app.domain.consensus import Vote, levels
from app.domain.privacy import voting_counts
from app.domain.questionnaire import Question, Questionnaire

_HAND_ANSWERS: tuple[Answer, ...] = (*map(Level, range(5)), DontKnow(), NotApplicable("shown by hands"))


@dataclass(frozen=True)
class Panel:
    """The people of an assessment in a fixed order: respondents by id, then raised hands by role.

    Hands on different questions cannot be told apart by person; the k-th hand of a role, in the order of the
    answers, is taken for the same person throughout. That keeps a person's leniency together when people are
    resampled, which gives the wider range of the two readings.
    """

    assessment: Assessment

    @cached_property
    def people(self) -> tuple[tuple[int, str, int], ...]:
        """One key a person: (0, respondent id, 0) or (1, role, k)."""
        hands: dict[str, int] = {}
        for shown in self.assessment.hands.values():
            for hand in shown:
                hands[hand.role] = max(hands.get(hand.role, 0), sum(hand.counts))
        respondents = [(0, r.id, 0) for r in self.assessment.respondents]
        return tuple(sorted(respondents)) + tuple(sorted((1, role, k) for role, n in hands.items() for k in range(n)))

    @cached_property
    def index(self) -> dict[tuple[int, str, int], int]:
        """The place of each person."""
        return {person: place for place, person in enumerate(self.people)}

    @cached_property
    def roles(self) -> dict[str, str]:
        """The role of each respondent by id."""
        return {r.id: r.role for r in self.assessment.respondents}

    def is_hand(self, person: int) -> bool:
        """Whether the person at this place raised a hand and gave no vote."""
        return self.people[person][0] == 1

    def vote(self, respondent: str, answer: Answer) -> Vote:
        """One respondent's answer."""
        return Vote(self.index[0, respondent, 0], self.roles[respondent], answer)

    def hands_of(self, hand: Hands) -> list[Vote]:
        """The raised hands of one role as votes."""
        raised = [answer for answer, count in zip(_HAND_ANSWERS, hand.counts, strict=True) for _ in range(count)]
        return [Vote(self.index[1, hand.role, k], hand.role, answer) for k, answer in enumerate(raised)]


@dataclass(frozen=True, slots=True)
class VotingRound:
    """One ended voting of a question; ``counts`` whether rule 2 of 4.10 (or a level, in open files) lets it count.

    ``mixed``: secret votes and public hands together in an anonymous assessment; everybody can subtract the hands.
    """

    number: int
    votes: tuple[Vote, ...]
    counts: bool
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Votings:
    """All votings of a question. ``counting`` is the one that counts, ``last`` the last one held."""

    rounds: tuple[VotingRound, ...]
    by_hands_only: bool

    @property
    def counting(self) -> VotingRound | None:
        """The last voting that counts; an earlier one stands when later ones do not."""
        return next((r for r in reversed(self.rounds) if r.counts), None)

    @property
    def last(self) -> VotingRound | None:
        """The last voting held, whether it counts or not."""
        return self.rounds[-1] if self.rounds else None


def votings_of(question: Question, panel: Panel, questionnaire: Questionnaire) -> Votings:
    """Collect the votings of a question; answers without a history are a first voting, hands join the last one.

    In an anonymous assessment secret votes that would not count alone are left out beside hands: what is published of
    both, less the hands that everybody saw, would be published of them.
    """
    assessment = panel.assessment
    history: dict[int, list[Vote]] = {
        voting.number: [panel.vote(r, answer) for r, answer in sorted(voting.votes.items())]
        for voting in assessment.votings
        if voting.question == question.id
    }
    if not history:
        answers = {r.id: r.answers[question.id] for r in assessment.respondents if question.id in r.answers}
        if answers:
            history[1] = [panel.vote(r, answer) for r, answer in sorted(answers.items())]
    hands = [vote for hand in assessment.hands.get(question.id, ()) for vote in panel.hands_of(hand)]
    mixed = None
    if hands:
        last = max(history, default=1)
        secret = history.get(last, [])
        if assessment.anonymity == "anonymous" and not voting_counts(secret, question, questionnaire.rules):
            secret = []
        mixed = last if assessment.anonymity == "anonymous" and secret else None
        history[last] = [*secret, *hands]
    by_hands_only = bool(hands) and sum(map(len, history.values())) == len(hands)
    rounds = tuple(
        VotingRound(number, tuple(votes), _counts(votes, question, panel, questionnaire), number == mixed)
        for number, votes in sorted(history.items())
    )
    return Votings(rounds, by_hands_only)


def _counts(votes: Sequence[Vote], question: Question, panel: Panel, questionnaire: Questionnaire) -> bool:
    if panel.assessment.anonymity == "open":
        return bool(levels(votes))
    return voting_counts(votes, question, questionnaire.rules)


def before_the_close(assessment: Assessment, questionnaire: Questionnaire) -> Assessment:
    """An assessment as it is judged while it is open: without the hands beside which secret votes count.

    Whoever enters hands could change them and look at the level of both, until it has told every secret vote. So those
    beside anonymous votes that count, as of people who voted on paper, are judged once, at the close.
    """
    if assessment.anonymity == "open" or not assessment.hands:
        return assessment
    panel = Panel(replace(assessment, hands={}))
    known = {q: hands for q, hands in assessment.hands.items() if q in questionnaire.by_id}
    alone = {q: votings_of(questionnaire.question(q), panel, questionnaire).counting is None for q in known}
    return replace(assessment, hands={q: hands for q, hands in known.items() if alone[q]})
