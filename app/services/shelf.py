"""The shelf of published questionnaires, and the check of a pack before it is put there."""

from collections.abc import Sequence

from app.formats.packs import load_questionnaire
from app.formats.problems import Problem, Problems
from app.formats.shelf import Shelf
from app.services.files import GivenFile


def open_shelf(packs: Sequence[GivenFile] = ()) -> Shelf:
    """The shipped questionnaires, and the given packs beside them; raises Problems with those of every pack."""
    shelf = Shelf()
    problems: list[Problem] = []
    for pack in packs:
        try:
            shelf.add(load_questionnaire(pack.data, pack.name))
        except Problems as error:
            problems.extend(error.items)
    if problems:
        raise Problems(problems)
    return shelf


def check_packs(packs: Sequence[GivenFile]) -> tuple[str | Problem, ...]:
    """The name of each sound pack (``mlops@1.0.0``) and every problem of the others, in the order given."""
    found: list[str | Problem] = []
    for pack in packs:
        try:
            found.append(load_questionnaire(pack.data, pack.name).name)
        except Problems as error:
            found.extend(error.items)
    return tuple(found)
