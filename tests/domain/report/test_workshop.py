"""What the report says of a workshop: what was talked about, accepted, not agreed and left out, and no more."""

from dataclasses import replace
from fractions import Fraction

import pytest

from app.domain.report.disagreement import disagreement
from app.domain.report.pages import Disagreement
from app.domain.report.reading import Reading
from app.domain.sheet import Ballot, QuestionFacts, Sheet
from tests.domain.report.factory import IDS, facts, result, sheet

FIRST, SECOND, THIRD, FOURTH = IDS[:4]


def _told(of: Sheet) -> Disagreement:
    return disagreement(Reading(result(of)))


def _voted_twice(
    question: str, first: tuple[int, ...], last: tuple[int, ...], agreed: int | None = None
) -> QuestionFacts:
    once, again = facts(question, None, counts=first), facts(question, None, counts=last)
    both = (once.ballots[0], replace(again.ballots[0], number=2))
    found = replace(again, ballots=both)
    return found if agreed is None else replace(found, level=agreed, origin="agreed", contested=False)


def _sheet(*given: QuestionFacts, **lists: tuple[str, ...]) -> Sheet:
    return sheet(1, 0, questions={q: facts(q, 1) for q in IDS} | {f.question: f for f in given}, **lists)


def test_without_a_workshop_nothing_is_said_of_one() -> None:
    told = _told(_sheet())
    assert (told.workshop, told.votings, told.shifts) == (None, (), None)


def test_a_room_that_asked_nothing_was_no_workshop() -> None:
    assert _told(_sheet(left_out=IDS)).workshop is None


def test_lists_without_questions_are_not_there() -> None:
    told = _told(_sheet(asked=IDS)).workshop
    assert told is not None
    assert (told.accepted, told.not_agreed, told.left_out) == (None, (), None)
    assert told.headline == "The workshop got to all twelve questions"
    assert told.lead == "Twelve questions were talked about or settled."


def test_every_list_says_what_counts() -> None:
    given = (facts(SECOND, 2), facts(THIRD, None, counts=(2, 2, 0, 3, 0)), facts(FOURTH, None))
    lists = {"asked": (FIRST, THIRD), "accepted": (SECOND,), "not_agreed": (THIRD,), "left_out": (FOURTH,)}
    told = _told(_sheet(*given, **lists)).workshop
    assert told is not None
    assert told.headline == "The workshop got to 3 of 4 questions"
    assert told.lead == (
        "Two questions were talked about or settled. One more was accepted as the votes stood, without a talk. "
        "On one no level was found, and that is a result too."
    )
    assert told.accepted is not None
    assert told.accepted.rows == (("Monitoring part 2", "2"),)
    assert told.left_out is not None
    assert told.left_out.rows == (("Monitoring part 4", "unknown: no answers"),)
    assert [point.title for point in told.not_agreed] == ["Monitoring part 3"]
    assert (
        told.not_agreed[0].text == "Two voted 0, two voted 1 and three voted 3. Level 1 counts for now, by the votes."
    )


def test_both_sides_are_told_as_far_as_they_may_be_shown() -> None:
    hidden = replace(
        facts(THIRD, None, counts=(2, 2, 0, 3, 0)),
        ballots=(Ballot(1, None, None),),
        status="unknown",
        level=None,
        families={"builders": Fraction(3), "others": Fraction(1, 2)},
    )
    told = _told(_sheet(hidden, asked=(THIRD,), not_agreed=(THIRD,))).workshop
    assert told is not None
    assert told.not_agreed[0].text == (
        "Builders see level 3.0 and the other families together see level 0.5 (medians). It counts as unknown."
    )


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((3, 0, 0, 3, 0), (0, 3, 3, 0, 0), "Votes came closer together."),
        ((3, 0, 0, 3, 1), (0, 2, 5, 0, 0), "The median moved down; votes came closer together."),
        ((2, 2, 0, 3, 0), (0, 0, 7, 0, 0), "The median moved up; in the end everybody gave the same level."),
        ((0, 0, 7, 0, 0), (0, 0, 4, 3, 0), "Votes moved further apart."),
        ((0, 3, 4, 0, 0), (0, 3, 4, 0, 0), "Votes lie as they lay before."),
        ((0, 3, 4, 0, 0), (0, 0, 3, 4, 0), "The median moved up; votes moved together."),
    ],
)
def test_a_shift_is_told_in_words(first: tuple[int, ...], last: tuple[int, ...], said: str) -> None:
    told = _told(_sheet(_voted_twice(FIRST, first, last, agreed=2)))
    assert told.shifts is not None
    assert told.shifts.rows[0][3:] == ("2", said)
    (figure,) = told.votings
    assert [row[1] for row in figure.numbers.rows] == ["first", "second"]
    assert [row[2:7] for row in figure.numbers.rows] == [tuple(map(str, first)), tuple(map(str, last))]


def test_a_vote_that_may_not_be_shown_is_said_to_be_so_and_drawn_nowhere() -> None:
    twice = _voted_twice(FIRST, (2, 2, 0, 3, 0), (0, 0, 7, 0, 0))
    for shown in (1, 0):
        ballots = tuple(b if n < shown else Ballot(b.number, None, None) for n, b in enumerate(twice.ballots))
        told = _told(_sheet(replace(twice, ballots=ballots)))
        assert told.votings == ()
        assert told.shifts is not None
        assert told.shifts.rows[0][2:] == (
            "not shown",
            "none",
            f"{('Both votes', 'One of the two votes')[shown]} may not be shown.",
        )


def test_more_than_six_questions_are_drawn_in_parts() -> None:
    given = tuple(_voted_twice(q, (3, 0, 0, 3, 0), (0, 3, 3, 0, 0)) for q in IDS[:7])
    told = _told(_sheet(*given))
    assert [figure.id for figure in told.votings] == ["votings-1", "votings-2"]
    assert told.votings[0].finding == "The talk brought votes closer together on all six questions"
    assert told.votings[1].finding == "The talk brought votes closer together"
