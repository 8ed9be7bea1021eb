"""Score an assessment file, and make the report in every medium from one frozen value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from app.domain.quarter import Quarter
from app.domain.report.compose import compose
from app.domain.report.pages import Report
from app.domain.result import Result
from app.domain.score import score
from app.domain.settle import Past, settle
from app.domain.sheet import Sheet
from app.formats.assessments import Read, canonical_digest, read_assessment, write_settled
from app.formats.problems import Problem, Problems
from app.formats.results import result_json
from app.formats.shelf import Shelf
from app.formats.spreadsheet import result_xlsx
from app.planner.plan import plan
from app.render.html import render_html
from app.render.pdf import Attachment, render_pdf
from app.services.files import GivenFile

Medium: TypeAlias = Literal["pdf", "html", "json", "xlsx"]
Attach: TypeAlias = Literal["settled", "raw", "none"]
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


def draw(
    scored: Scored, media: Sequence[Medium], attach: Attach, packs: Sequence[GivenFile], step: Step
) -> tuple[dict[Medium, bytes], tuple[str, ...]]:
    """The report in each medium asked for, and warnings; ``packs`` are those that are not on the shelf."""
    drawn: dict[Medium, bytes] = {}
    warnings: tuple[str, ...] = ()
    for medium in media:
        step(f"Drawing the {medium.upper()}")
        if medium == "pdf":
            pdf = render_pdf(scored.report, _attachments(scored, attach, packs))
            drawn[medium] = pdf.data
            warnings = tuple(f"no shipped font can print {lost}; the PDF marks and lists it" for lost in pdf.replaced)
        elif medium == "html":
            drawn[medium] = render_html(scored.report)
        elif medium == "json":
            drawn[medium] = result_json(scored.result)
        else:
            drawn[medium] = result_xlsx(scored.report, scored.result)
    return drawn, warnings


def _attachments(scored: Scored, attach: Attach, packs: Sequence[GivenFile]) -> tuple[Attachment, ...]:
    if attach == "none":
        return ()
    result = scored.result
    data = scored.given.data if attach == "raw" else write_settled(result.sheet, result.questionnaire)
    kind = "json" if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else "yaml"
    form = "as it was given" if attach == "raw" else "in its settled form"
    assessment = Attachment(f"assessment.{kind}", data, f"application/{kind}", f"The assessment, {form}")
    beside = (
        Attachment(f"questionnaire-{number}.yaml", pack.data, "application/yaml", "The questionnaire", "supplement")
        for number, pack in enumerate(packs, 1)
    )
    return (assessment, *beside)


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
        now = _quarter(read[0])
        problems = [
            Problem(file.name, 1, 1, "quarter", f"{_quarter(one)} is not before {now}; give earlier quarters only")
            for file, one in zip(files[1:], read[1:], strict=True)
            if _quarter(one) >= now
        ]
    if problems:
        raise Problems(problems)
    return read


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


def _quarter(read: Read) -> Quarter:
    form = read.sheet or read.assessment
    assert form is not None, "a file is read into one of the two forms"  # noqa: S101 - a promise of formats
    return form.quarter
