"""What a workshop leaves behind in the result file and in the spreadsheet."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from app.domain.report.compose import compose
from app.domain.sheet import Ballot, Sheet
from app.formats.results import result_data
from app.formats.spreadsheet import result_xlsx
from app.formats.spreadsheet_workshop import workshop_word
from tests.domain.report.factory import IDS, facts, result, sheet

ASKED, ACCEPTED, LOST, LEFT = IDS[:4]


def _held() -> Sheet:
    voted = facts(LOST, None, counts=(3, 0, 0, 3, 0))
    twice = replace(voted, ballots=(*voted.ballots, Ballot(2, None, None)))
    questions = {q: facts(q, 1) for q in IDS} | {LOST: twice}
    return sheet(questions=questions, asked=(ASKED, LOST), accepted=(ACCEPTED,), not_agreed=(LOST,), left_out=(LEFT,))


def test_the_result_file_names_the_questions_of_each_list() -> None:
    assert result_data(result(_held()))["workshop"] == {
        "asked": [ASKED, LOST],
        "accepted": [ACCEPTED],
        "not_agreed": [LOST],
        "left_out": [LEFT],
        "voted_again": [LOST],
    }


def test_without_a_workshop_all_lists_are_empty_and_no_word_stands_beside_a_question() -> None:
    assert set(map(tuple, result_data(result())["workshop"].values())) == {()}
    assert workshop_word(LEFT, sheet(left_out=(LEFT,))) == ""


@pytest.mark.slow  # draws a workbook of a whole report
def test_the_spreadsheet_has_a_word_beside_each_question_and_every_voting_that_may_be_shown() -> None:
    made = result(_held())
    rows = list(openpyxl.load_workbook(BytesIO(result_xlsx(compose(made), made)))["Answers"].values)
    head = next(row for row in rows if row[0] == "Question")
    words = {row[0]: row[head.index("Workshop")] for row in rows if row[0] in {ASKED, ACCEPTED, LOST, LEFT}}
    assert list(words.values()) == ["talked about", "accepted as agreed", "no agreement", "left out"]
    votings = [row[2:12] for row in rows if row[1] == LOST]
    assert votings == [(1, 3, 0, 0, 3, 0, 0, 0, 1.5, None), (2, *(None,) * 8, "may not be shown")]
