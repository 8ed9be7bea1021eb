"""Measurement 4.10: what may be published of an anonymous assessment."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from app.domain.answers import Agreed, Hands, Level, ReleasedComment, Respondent, Voting
from app.domain.questionnaire import NOT_SAID, Questionnaire
from app.domain.reading import read_answers
from app.domain.sheet import QuestionFacts
from app.domain.votings import before_the_close
from tests.domain.cast import BLANK, voted

DRIFT = "mon-drift"  # best placed: data scientists and ML engineers
COST = "mon-cost"


def facts(votes: Sequence[tuple[str, int | str | None]], mlops: Questionnaire, question: str = DRIFT) -> QuestionFacts:
    return read_answers(voted(question, votes, "anonymous"), mlops).sheet.questions[question]


def test_rule_2_two_levels_are_too_few(mlops: Questionnaire) -> None:
    found = facts([("data_scientist", 3), ("ml_engineer", 2), ("platform", "dk")], mlops)
    assert (found.status, found.reason, found.respondents) == ("unknown", "too few answers", "fewer than 3")
    assert (found.ad, found.ballots[0].counts, found.families) == (None, None, {})


def test_rule_2_nobody_may_carry_half_of_the_weight(mlops: Questionnaire) -> None:
    # one ML engineer (1) beside three platform engineers (1/6 each) carries two thirds
    dominated = facts([("ml_engineer", 3), ("platform", 2), ("platform", 1), ("platform", 1)], mlops)
    assert (dominated.status, dominated.respondents, dominated.ballots[0].counts) == ("unknown", "3-4", None)
    # exactly half is too much as well
    half = facts([("ml_engineer", 3), ("data_scientist", 2), ("data_scientist", 1)], mlops)
    assert half.status == "unknown"
    shared = facts([("ml_engineer", 3), ("ml_engineer", 3), ("data_scientist", 2), ("data_scientist", 1)], mlops)
    assert (shared.status, shared.level, shared.ballots[0].counts) == ("level", 2, (0, 1, 1, 2, 0, 0, 0))


def test_rule_2_an_agreed_level_needs_no_votes_that_count(mlops: Questionnaire) -> None:
    base = replace(voted(DRIFT, [("platform", 4)], "anonymous"), agreed={DRIFT: Agreed(Level(2))})
    found = read_answers(base, mlops).sheet.questions[DRIFT]
    assert (found.level, found.origin, found.respondents, found.ballots[0].counts) == (
        2,
        "agreed",
        "fewer than 3",
        None,
    )


def test_rule_2_a_later_voting_that_does_not_count_leaves_the_earlier_one(mlops: Questionnaire) -> None:
    people = voted(
        DRIFT, [("data_scientist", 1), ("data_scientist", 1), ("ml_engineer", 1), ("ml_engineer", 1)], "anonymous"
    )
    names = [r.id for r in people.respondents]
    first = Voting(DRIFT, 1, dict.fromkeys(names, Level(3)))
    second = Voting(DRIFT, 2, dict.fromkeys(names[:2], Level(1)))
    found = read_answers(replace(people, votings=(first, second)), mlops).sheet.questions[DRIFT]
    assert (found.level, [b.counts is None for b in found.ballots]) == (3, [False, True])


def test_rule_3_ad_has_one_decimal_from_five_and_there_is_no_rwg(mlops: Questionnaire) -> None:
    five = facts(
        [("data_scientist", a) for a in (3, 3, 2)] + [("ml_engineer", 2), ("ml_engineer", 2), ("platform", 1)], mlops
    )
    assert (five.ad, five.rwg) == (Fraction(1, 2), None)
    four = facts([("data_scientist", 3), ("data_scientist", 2), ("ml_engineer", 2), ("ml_engineer", 3)], mlops)
    assert four.ad is None


def family_votes(
    builders: Sequence[int], runners: Sequence[int], deciders: Sequence[int], unsaid: Sequence[int] = ()
) -> list[tuple[str, int]]:
    named = [("data_scientist" if i % 2 else "ml_engineer", a) for i, a in enumerate(builders)]
    named += [("platform", a) for a in runners] + [("product", a) for a in deciders]
    return named + [(NOT_SAID, a) for a in unsaid]


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ((5, 3, 2), {"builders", "others"}),
        ((5, 2, 2), {"builders", "others"}),
        ((4, 4, 3), {"builders", "runners", "deciders"}),
        ((3, 3, 2), {"builders", "others"}),
        ((4, 2, 0), {"others"}),
        ((3, 2, 0), set()),
        ((6, 0, 0), {"builders"}),
    ],
)
def test_rule_3_families_are_shown_or_merged(
    mlops: Questionnaire, sizes: tuple[int, int, int], shown: set[str]
) -> None:
    votes = family_votes(*([2] * n for n in sizes))
    assert set(facts(votes, mlops).families) == shown


def test_rule_3_somebody_who_did_not_say_a_role_hides_the_smallest_family(mlops: Questionnaire) -> None:
    assert set(facts(family_votes([2] * 6, [2] * 4, [2] * 3, [2]), mlops).families) == {"builders", "runners", "others"}


def test_rule_3_a_visibility_gap_needs_three_best_placed_answers(mlops: Questionnaire) -> None:
    two: list[tuple[str, int | str]] = [("data_scientist", "dk"), ("ml_engineer", "dk"), ("platform", 1)]
    assert not facts(two, mlops).visibility_gap
    assert facts([*two, ("ml_engineer", 2)], mlops).visibility_gap
    third: list[tuple[str, int | str]] = [("data_scientist", "dk"), ("data_scientist", 1), ("ml_engineer", 2)]
    assert not facts(third, mlops).visibility_gap, "exactly a third is not more than a third"


def test_rule_4_beliefs_need_five_opinions_and_keep_two_decimals(mlops: Questionnaire) -> None:
    people = [Respondent(f"r{i}", "platform", {}, {"b03": a}) for i, a in enumerate((1, 2, 2, 3, 2, 2))]
    found = read_answers(replace(BLANK, respondents=tuple(people), anonymity="anonymous"), mlops).sheet
    assert found.beliefs["uptime-is-health"].index == Fraction(75, 100)
    four = read_answers(replace(BLANK, respondents=tuple(people[:4]), anonymity="anonymous"), mlops).sheet
    assert (four.beliefs["uptime-is-health"].index, four.beliefs["uptime-is-health"].reason) == (
        None,
        "too few opinions",
    )
    assert not four.beliefs["uptime-is-health"].undecided
    exact = read_answers(replace(BLANK, respondents=tuple(people)), mlops).sheet
    assert exact.beliefs["uptime-is-health"].index == Fraction(3, 4)


def test_rule_6_released_comments_need_five_answers_and_lose_their_order(mlops: Questionnaire) -> None:
    comments = (ReleasedComment(DRIFT, "zebra"), ReleasedComment(DRIFT, "aardvark"))
    five = replace(voted(DRIFT, [("data_scientist", 2)] * 3 + [("ml_engineer", 2)] * 2, "anonymous"), comments=comments)
    assert read_answers(five, mlops).sheet.questions[DRIFT].comments == ("aardvark", "zebra")
    four = replace(five, respondents=five.respondents[:4])
    assert read_answers(four, mlops).sheet.questions[DRIFT].comments == ()


def test_rule_6_reasons_for_na_never_leave(mlops: Questionnaire) -> None:
    votes: list[tuple[str, int | str]] = (
        [("risk", "secret reason")] * 3
        + [("product", "other reason")]
        + [("data_scientist", 1), ("data_scientist", 2), ("data_scientist", 1)]
    )
    found = facts(votes, mlops, "gov-fairness")
    assert found.status == "na"
    assert "secret" not in repr(found)


PANEL = ("data_scientist", "ml_engineer", "platform", "product")


def sheets(roles: tuple[str, ...]) -> Iterator[tuple[int, ...]]:
    return itertools.product(range(0, 5, 2) if len(roles) < 6 else (1, 3), repeat=len(roles))


@pytest.mark.parametrize(
    "roles",
    [
        ("data_scientist", "ml_engineer", "platform"),
        ("data_scientist", "ml_engineer", "platform", "platform"),
        ("data_scientist", "data_scientist", "ml_engineer", "platform", "product"),
        ("data_scientist", "data_scientist", "ml_engineer", "platform", "platform", "platform"),
    ],
)
def test_rules_2_and_3_brute_force_isolates_nobody(mlops: Questionnaire, roles: tuple[str, ...]) -> None:
    """Everyone's role and one's own vote known: what is published beyond the level tells nobody apart."""
    published: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
    for levels in sheets(roles):
        found = facts(list(zip(roles, levels, strict=True)), mlops)
        if found.ballots[0].counts is None:
            continue
        seen = (
            found.level,
            found.ad,
            found.ballots,
            tuple(found.families.items()),
            found.contested,
            found.visibility_gap,
        )
        published.setdefault(seen, []).append(levels)
    assert published
    for possible in published.values():
        for observer in range(len(roles)):
            for own in {levels[observer] for levels in possible}:
                worlds = [levels for levels in possible if levels[observer] == own]
                rest = [i for i in range(len(roles)) if i != observer]
                if len({levels[i] for levels in worlds for i in rest}) == 1:
                    continue  # the rest voted alike, and the counts say so
                assert all(len({levels[i] for levels in worlds}) > 1 for i in rest), (roles, worlds)


AGREED = tuple({DRIFT: Agreed(Level(level))} for level in range(5))


@pytest.mark.parametrize(
    ("seen", "agreed"),
    [
        pytest.param({}, (AGREED[2], {}), id="agreed at a desk, then taken back"),
        pytest.param({DRIFT: "counts"}, AGREED, id="agreed on every level in turn"),
    ],
)
def test_no_two_results_of_one_voting_isolate_anybody(
    mlops: Questionnaire, seen: Mapping[str, str], agreed: Sequence[Mapping[str, Agreed]]
) -> None:
    """Who settles may look after each change: what was published before and after tells nobody apart together."""
    roles = ("data_scientist", "ml_engineer", "platform", "platform")
    published: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
    for levels in itertools.product((0, 2, 4), repeat=len(roles)):
        base = replace(voted(DRIFT, list(zip(roles, levels, strict=True)), "anonymous"), seen=seen)
        sheets = [read_answers(replace(base, agreed=value), mlops).sheet.questions[DRIFT] for value in agreed]
        told = tuple((f.level, f.ballots, f.votes_apart, f.differs_from_votes, f.visibility_gap) for f in sheets)
        if any(f.ballots[0].counts for f in sheets):
            published.setdefault(told, []).append(levels)
    assert published
    for possible in published.values():
        for observer, own in itertools.product(range(len(roles)), (0, 2, 4)):
            worlds = [levels for levels in possible if levels[observer] == own]
            rest = [{levels[i] for levels in worlds} for i in range(len(roles)) if i != observer]
            assert len(set().union(*rest)) <= 1 or all(len(one) > 1 for one in rest), (observer, worlds)


def test_before_the_close_no_show_of_hands_moves_the_level_of_secret_votes_that_count(mlops: Questionnaire) -> None:
    half = (50, 0, 0, 0, 50, 0, 0)
    hands = {DRIFT: (Hands("data_scientist", half), Hands("ml_engineer", half)), COST: (Hands("platform", half),)}
    rest = [("data_scientist", 1), ("data_scientist", 3), ("ml_engineer", 2), ("ml_engineer", 2)]
    for secret in range(5):
        answers = voted(DRIFT, [*rest, ("risk", secret)], "anonymous")
        beside = before_the_close(replace(answers, hands=hands), mlops)
        assert set(beside.hands) == {COST}, "hands alone are judged at once"
        judged, bare = (read_answers(one, mlops).sheet.questions[DRIFT] for one in (beside, answers))
        assert judged == bare


def test_open_terms_judge_every_hand_at_once(mlops: Questionnaire) -> None:
    base = replace(
        voted(DRIFT, [("platform", 2)] * 3, "open"), hands={DRIFT: (Hands("platform", (0, 0, 9, 0, 0, 0, 0)),)}
    )
    assert before_the_close(base, mlops) == base


def test_nobody_s_comment_is_hidden_among_raised_hands(mlops: Questionnaire) -> None:
    base = replace(voted(DRIFT, [("platform", 2)] * 2, "anonymous"), comments=(ReleasedComment(DRIFT, "mine"),))
    raised = replace(base, hands={DRIFT: (Hands("platform", (0, 0, 9, 0, 0, 0, 0)),)})
    assert read_answers(raised, mlops).sheet.questions[DRIFT].comments == ()


def test_the_guard_withholds_counts_that_would_tell_people_apart(mlops: Questionnaire) -> None:
    votes = [("platform", 4), ("product", 0), ("product", 0), ("data_scientist", 0), ("ml_engineer", 4)]
    withheld = [
        facts(list(zip([r for r, _ in votes], levels, strict=True)), mlops).ballots[0].counts is None
        for levels in itertools.product((0, 4), repeat=5)
    ]
    assert any(withheld)
    assert not all(withheld)


def test_families_beside_an_agreed_level_are_guarded_as_well(mlops: Questionnaire) -> None:
    votes = family_votes([1, 2, 1, 2], [3, 4, 3], [])
    base = replace(voted(DRIFT, votes, "anonymous"), agreed={DRIFT: Agreed(Level(2))})
    found = read_answers(base, mlops).sheet.questions[DRIFT]
    assert found.ballots[0].counts == (0, 2, 2, 2, 1, 0, 0)
    assert set(found.families) <= {"builders", "runners"}


def _accepted(
    levels: Sequence[int], mlops: Questionnaire, *, agreed: int, accepted: bool = True
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    roles = ["data_scientist", "ml_engineer", "data_engineer"] * 3
    base = voted(DRIFT, list(zip(roles, levels, strict=False)), "anonymous")
    room = replace(base, agreed={DRIFT: Agreed(Level(agreed))}, seen={DRIFT: "both"}, asked=(DRIFT,))
    sheet = read_answers(replace(room, accepted=(DRIFT,) if accepted else ()), mlops).sheet
    return sheet.asked, sheet.accepted


def test_rule_5_what_was_narrow_before_the_last_votes_is_not_told_beside_all_of_them(mlops: Questionnaire) -> None:
    """Five votes 3 3 3 3 0 are narrow, 3 3 3 0 0 are not: "accepted" beside six would name the last one as a 0."""
    assert _accepted([3, 3, 3, 3, 0], mlops, agreed=3) == ((), (DRIFT,))
    late = _accepted([3, 3, 3, 3, 0, 0], mlops, agreed=3)
    assert late == _accepted([3, 3, 3, 3, 0, 0], mlops, agreed=3, accepted=False) == ((DRIFT,), ())


def test_what_was_settled_anew_after_it_was_accepted_is_not_called_accepted(mlops: Questionnaire) -> None:
    assert _accepted([3, 3, 3, 3, 3], mlops, agreed=2) == ((DRIFT,), ())


def test_what_does_not_apply_is_in_no_list_of_a_workshop(mlops: Questionnaire) -> None:
    name = "gov-fairness"
    base = replace(BLANK, context={"ctx-people-effect": "no"}, asked=(name,), left_out=(name,), not_agreed=(name,))
    sheet = read_answers(base, mlops).sheet
    assert (sheet.asked, sheet.accepted, sheet.not_agreed, sheet.left_out) == ((), (), (), ())
