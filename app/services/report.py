"""Scores an assessment file: facts, judgements, plan and the report as one frozen value."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from app.domain.answers import Assessment, Variant
from app.domain.quarter import Quarter
from app.domain.report.compose import compose
from app.domain.report.pages import Report
from app.domain.result import Result
from app.domain.score import score
from app.domain.settle import Past, settle
from app.domain.sheet import Sheet
from app.formats.assessments import Read, canonical_digest, read_assessment
from app.formats.problems import Problem, Problems
from app.formats.shelf import Shelf
from app.planner.plan import plan
from app.services.files import GivenFile

#: Told what begins now, in words for a progress bar.
Step: TypeAlias = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Scored:
    """A result with its report, what it was made from, and what the reader of the file should hear about it."""

    given: GivenFile
    result: Result
    report: Report
    warnings: tuple[str, ...]


def make_result(given: GivenFile, previous: Sequence[GivenFile], shelf: Shelf, step: Step) -> Scored:
    """Score one assessment file, compared with those of earlier quarters; raises Problems with those of every file."""
    step("Reading the assessment")
    read, *past = _read_all([given, *previous], shelf)
    files = zip([given, *previous], [read, *past], strict=True)
    warnings = [f"{file.name}: {text}" for file, one in files for text in one.warnings]
    step("Scoring")
    if read.sheet is not None and past:
        warnings.append(f"{given.name}: a settled assessment carries its own history; --previous was not used")
    sheet = read.sheet or _settled(read, _history(past))
    scorecard = score(sheet, read.questionnaire)
    step("Planning")
    roadmap = plan(sheet, scorecard, read.questionnaire)
    # The digest of the settled form: one of raw votes could be tried out (measurement.md 4.10, rule 7).
    result = Result(read.questionnaire, sheet, scorecard, roadmap, canonical_digest(sheet))
    step("Writing the report")
    return Scored(given, result, compose(result), tuple(warnings))


def _read_all(files: Sequence[GivenFile], shelf: Shelf) -> list[Read]:
    """Read every file before complaining, so that all problems are listed at once."""
    read: list[Read] = []
    problems: list[Problem] = []
    for file in files:
        try:
            read.append(read_assessment(file.data, file.name, shelf))
        except Problems as error:
            problems.extend(error.items)
    if not problems:
        problems = list(_not_its_past(list(zip(files, read, strict=True))))
    if problems:
        raise Problems(problems)
    return read


def _not_its_past(files: Sequence[tuple[GivenFile, Read]]) -> Iterator[Problem]:
    """What keeps a file from being compared with the first: another team, no earlier quarter, a quarter given twice."""
    now = _form(files[0][1])
    seen: dict[tuple[Quarter, Variant], str] = {}
    for file, one in files[1:]:
        past = _form(one)
        for what, theirs, ours in (
            ("organization", past.organization, now.organization),
            ("team", past.team, now.team),
        ):
            if theirs != ours:
                told = f"is {theirs!r}, but {ours!r} in {files[0][0].name}; give earlier quarters of the same team only"
                yield Problem(file.name, 1, 1, what, told)
        if past.quarter >= now.quarter:
            told = f"{past.quarter} is not before {now.quarter}; give earlier quarters only"
            yield Problem(file.name, 1, 1, "quarter", told)
        if first := seen.get((past.quarter, past.variant)):
            yield Problem(file.name, 1, 1, "quarter", f"{past.quarter} was given as {first} already; give one of them")
        seen[past.quarter, past.variant] = file.name


def _history(past: Sequence[Read]) -> list[Past]:
    """Each earlier assessment, settled with those before it; the first quarter comes first."""
    history: list[Past] = []
    for read in sorted(past, key=_quarter):
        sheet = read.sheet or _settled(read, history)
        history.append(Past(sheet, read.questionnaire, read.assessment))
    return history


def _settled(read: Read, history: Sequence[Past]) -> Sheet:
    assert read.assessment is not None, "a file is read into one of the two forms"  # noqa: S101 - a promise of formats
    return settle(read.assessment, read.questionnaire, history)


def _form(read: Read) -> Sheet | Assessment:
    form = read.sheet or read.assessment
    assert form is not None, "a file is read into one of the two forms"  # noqa: S101 - a promise of formats
    return form


def _quarter(read: Read) -> Quarter:
    return _form(read).quarter
