"""Problems say where and what, in the order of the file."""

from app.domain.errors import MythmarkError
from app.formats.problems import Problem, Problems


def test_a_problem_reads_as_place_path_and_message() -> None:
    assert str(Problem("a.yaml", 3, 7, "title", "is empty")) == "a.yaml:3:7: title: is empty"
    assert str(Problem("a.yaml", 1, 1, "", "the file is empty")) == "a.yaml:1:1: the file is empty"


def test_problems_stand_in_the_order_of_the_file_and_only_once() -> None:
    late, early = Problem("a", 10, 1, "", "late"), Problem("a", 9, 4, "", "early")
    problems = Problems([late, early, late])
    assert problems.items == (early, late)
    assert str(problems) == "a:9:4: early\na:10:1: late"
    assert isinstance(problems, MythmarkError)
