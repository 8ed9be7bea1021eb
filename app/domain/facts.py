"""The published facts of one question and of the beliefs about one myth, from the answers (4.1, 4.5, 4.7, 4.10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.domain.answers import Agreed, Assessment, NotApplicable
from app.domain.consensus import (
    SPREAD_ANSWERS_MIN,
    Vote,
    average_deviation,
    best_placed_answers,
    consensus,
    counts,
    has_visibility_gap,
    levels,
    says_not_applicable,
    weight_by_answer,
    with_levels,
    within_group_agreement,
)
from app.domain.disclosure import kinds_tell, safe_families, singles_out
from app.domain.exact import HALF, mean, midpoint_median, rounded
from app.domain.privacy import AD_FROM, bucket, open_families
from app.domain.questionnaire import LEVELS, Belief, Question, Questionnaire
from app.domain.sheet import NO_EVIDENCE, Ballot, BeliefFacts, Origin, QuestionFacts, Status
from app.domain.votings import Panel, VotingRound, Votings

TOO_FEW = "too few answers"
NOBODY_KNOWS = "nobody gave a level"
NO_ANSWERS = "no answers"
BY_CONTEXT = "does not apply to this organization"
SEEN_APART = "the room has seen how many gave each level; the level beside it would tell votes apart"
BY_VOTES = "most answers say that it does not apply"
TOO_FEW_OPINIONS = "too few opinions"
COMMENTS_FROM = 5
_UNDECIDED = (Fraction(2, 5), Fraction(3, 5))
_LAST_POINT = 5
_FAR = 2


@dataclass(frozen=True, slots=True)
class _Finding:
    status: Status
    level: int | None
    origin: Origin | None
    reason: str | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Spread:
    ad: Fraction | None
    rwg: Fraction | None
    wide: bool
    families: dict[str, Fraction]
    ballots: tuple[Ballot, ...]
    #: What an agreed level is held against: the votes' level; under anonymous terms, which hide it, the shown median.
    votes: Fraction | None
    #: The counts were seen in a room that then agreed on nothing, and the level would give somebody's vote away.
    level_tells: bool = False


def question_facts(
    question: Question, votings: Votings, panel: Panel, questionnaire: Questionnaire, *, inapplicable: bool
) -> QuestionFacts:
    """What is published about one question."""
    assessment = panel.assessment
    agreed = assessment.agreed.get(question.id)
    finding = _finding(question, votings, agreed, assessment, questionnaire, inapplicable=inapplicable)
    spread = _spread(question, votings, assessment, questionnaire)
    if spread.level_tells and finding.status == "level":
        finding = _Finding("unknown", None, finding.origin, SEEN_APART)
    heard = votings.counting or votings.last
    gave = len(levels(heard.votes)) if heard else 0
    settled = finding.origin in {"agreed", "context"}
    is_level = finding.status == "level"
    is_agreed_level = is_level and finding.origin == "agreed"
    level = finding.level or 0
    return QuestionFacts(
        question=question.id,
        status=finding.status,
        level=finding.level,
        origin=finding.origin,
        reason=finding.reason,
        note=finding.note,
        respondents=bucket(gave, assessment.anonymity, questionnaire.rules.k_behaviour),
        ad=spread.ad,
        rwg=spread.rwg,
        contested=spread.wide and is_level and not settled,
        votes_apart=spread.wide and is_agreed_level,
        differs_from_votes=is_agreed_level and spread.votes is not None and abs(level - spread.votes) >= _FAR,
        single_source=assessment.anonymity == "open" and gave <= 1 and not settled,
        visibility_gap=_visibility_gap(heard, question, assessment, questionnaire),
        families=spread.families,
        ballots=spread.ballots,
        comments=_comments(question, heard, panel),
        weights=_weights(votings.counting, question, questionnaire) if assessment.anonymity == "open" else None,
        evidence=assessment.evidence.get(question.id, NO_EVIDENCE),
    )


def _finding(
    question: Question,
    votings: Votings,
    agreed: Agreed | None,
    assessment: Assessment,
    questionnaire: Questionnaire,
    *,
    inapplicable: bool,
) -> _Finding:
    if inapplicable:
        return _Finding("na", None, "context", question.na_condition or BY_CONTEXT)
    if agreed is not None:
        return _agreed(agreed)
    heard = votings.counting or (votings.last if assessment.anonymity == "open" else None)
    if heard is None:
        return _Finding("unknown", None, None, TOO_FEW if votings.rounds else NO_ANSWERS)
    origin: Origin = "hands" if votings.by_hands_only else "votes"
    if says_not_applicable(heard.votes, question, questionnaire.rules):
        return _Finding("na", None, origin, _voted_reason(heard.votes, assessment))
    level = consensus(heard.votes, question, questionnaire.rules)
    if level is None:
        return _Finding("unknown", None, origin, NOBODY_KNOWS)
    return _Finding("level", level, origin, None)


def _agreed(agreed: Agreed) -> _Finding:
    if isinstance(agreed.answer, NotApplicable):
        return _Finding("na", None, "agreed", agreed.answer.reason, agreed.note)
    return _Finding("level", agreed.answer.level, "agreed", None, agreed.note)


def _voted_reason(votes: Sequence[Vote], assessment: Assessment) -> str:
    """The voters' own words only where the terms are open (4.10, rule 6)."""
    if assessment.anonymity == "anonymous":
        return BY_VOTES
    return "; ".join(sorted({v.answer.reason for v in votes if isinstance(v.answer, NotApplicable)}))


def _spread(question: Question, votings: Votings, assessment: Assessment, questionnaire: Questionnaire) -> _Spread:
    heard = votings.counting
    is_open = assessment.anonymity == "open"
    seen = assessment.seen.get(question.id)
    # Accepted as agreed tells the level of the votes; so does taking back what was agreed on with no reveal.
    voted_level = question.id not in assessment.agreed or seen != "counts"
    apart = False
    if heard is not None and not is_open and voted_level:
        apart = singles_out(heard.votes, question, questionnaire, families=False)
    level_tells = apart and seen == "counts"
    hidden = heard is not None and (heard.mixed or (apart and not level_tells))
    ballots = tuple(
        _ballot(r, show=is_open or (not (r is heard and hidden) and _can_be_counted(r, question, questionnaire)))
        for r in votings.rounds
    )
    if heard is None:
        return _Spread(None, None, wide=False, families={}, ballots=ballots, votes=None)
    values = levels(heard.votes)
    ad = average_deviation(values) if len(values) >= SPREAD_ANSWERS_MIN else None
    wide = ad is not None and ad > questionnaire.rules.ad_max
    if is_open:
        rwg = within_group_agreement(values, questionnaire.rules) if ad is not None else None
        level = consensus(heard.votes, question, questionnaire.rules)
        told = None if level is None else Fraction(level)
        return _Spread(ad, rwg, wide, open_families(heard.votes, questionnaire), ballots, told)
    shown_ad = rounded(ad, 1) if ad is not None and len(values) >= AD_FROM and not hidden else None
    families = {} if apart or heard.mixed else safe_families(heard.votes, question, questionnaire)
    median = ballots[votings.rounds.index(heard)].median
    return _Spread(shown_ad, None, wide, families, ballots, median, level_tells)


def _can_be_counted(voting: VotingRound, question: Question, questionnaire: Questionnaire) -> bool:
    return voting.counts and not voting.mixed and not kinds_tell(voting.votes, question, questionnaire)


def _ballot(voting: VotingRound, *, show: bool) -> Ballot:
    if not show:
        return Ballot(voting.number, None, None)
    return Ballot(voting.number, counts(voting.votes), midpoint_median(levels(voting.votes)))


def _weights(
    counting: VotingRound | None, question: Question, questionnaire: Questionnaire
) -> tuple[Fraction, Fraction, Fraction, Fraction, Fraction] | None:
    """What the answers 0 to 4 of the counting voting weigh."""
    if counting is None:
        return None
    weighed = weight_by_answer(with_levels(counting.votes), question, questionnaire.rules)
    zero, one, two, three, four = (weighed.get(level, Fraction(0)) for level in LEVELS)
    return zero, one, two, three, four


def _visibility_gap(
    heard: VotingRound | None, question: Question, assessment: Assessment, questionnaire: Questionnaire
) -> bool:
    if heard is None:
        return False
    answered, _ = best_placed_answers(heard.votes, question)
    if assessment.anonymity == "anonymous" and answered < questionnaire.rules.k_behaviour:
        return False
    return has_visibility_gap(heard.votes, question)


def _comments(question: Question, heard: VotingRound | None, panel: Panel) -> tuple[str, ...]:
    """Released comments in alphabetical order: that of writing would point at people. Raised hands hide nobody's."""
    released = sorted(c.text for c in panel.assessment.comments if c.question == question.id)
    answers = sum(not panel.is_hand(vote.person) for vote in heard.votes) if heard else 0
    return tuple(released) if panel.assessment.anonymity == "open" or answers >= COMMENTS_FROM else ()


def belief_facts(myth: str, assessment: Assessment, questionnaire: Questionnaire) -> BeliefFacts:
    """S of one myth: the mean over respondents and items, high when the myth is not agreed with."""
    rules = questionnaire.rules
    items = questionnaire.beliefs_about(myth)
    asked = [r for r in assessment.respondents if any(i.id in r.beliefs for i in items)]
    opinions = [[against(i, a) for i in items if (a := r.beliefs.get(i.id)) is not None] for r in asked]
    heard = [values for values in opinions if values]
    few_gave = bool(asked) and len(heard) < len(asked) * HALF
    needed = rules.belief_respondents_min if assessment.anonymity == "open" else rules.k_belief
    index = mean([value for values in heard for value in values])
    if index is None or len(heard) < needed:
        return BeliefFacts(myth, None, TOO_FEW_OPINIONS, undecided=few_gave and assessment.anonymity == "open")
    counts: dict[str, tuple[int, int, int, int, int]] = {}
    if assessment.anonymity == "anonymous":
        index = rounded(index, 2)
    else:
        counts = {i.id: _opinions(i, assessment) for i in items}
    low, high = _UNDECIDED
    return BeliefFacts(myth, index, None, undecided=few_gave or low <= index <= high, counts=counts)


def _opinions(item: Belief, assessment: Assessment) -> tuple[int, int, int, int, int]:
    """How often an item was answered 1 to 5."""
    given = [r.beliefs.get(item.id) for r in assessment.respondents]
    return given.count(1), given.count(2), given.count(3), given.count(4), given.count(5)


def against(item: Belief, answer: int) -> Fraction:
    """How far one answer speaks against the myth, 0 to 1."""
    return Fraction(_LAST_POINT - answer if item.keyed == "myth" else answer - 1, _LAST_POINT - 1)


def response_style(assessment: Assessment, questionnaire: Questionnaire) -> Fraction | None:
    """The mean raw belief answer of the whole assessment, from five respondents on; near 3 is neutral (4.8)."""
    heard = [[a for a in r.beliefs.values() if a is not None] for r in assessment.respondents]
    answered = [values for values in heard if values]
    value = mean([a for values in answered for a in values])
    if value is None or len(answered) < questionnaire.rules.k_belief:
        return None
    return value if assessment.anonymity == "open" else rounded(value, 2)
