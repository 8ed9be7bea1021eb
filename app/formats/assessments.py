"""Assessment files: ``mythmark/assessment@1`` in its raw and its settled form, read with every problem and written."""

from dataclasses import dataclass
from typing import Protocol

from app.domain.answers import Assessment
from app.domain.questionnaire import Questionnaire
from app.domain.sheet import Sheet
from app.formats.digests import canonical_digest
from app.formats.head_shapes import FORMAT
from app.formats.places import ASSESSMENT_BYTES, Document, read_document
from app.formats.problems import Problems
from app.formats.raw_form import raw_form
from app.formats.settled_form import settled_form
from app.formats.shapes import Node, Notes, Unreadable, said, suggestion
from app.formats.unreported import unreported
from app.formats.vocabulary import Vocabulary
from app.formats.yaml_text import to_yaml

__all__ = ["Questionnaires", "Read", "canonical_digest", "read_assessment", "write_raw", "write_settled"]


class Questionnaires(Protocol):
    """Where questionnaires are found by name; ``app.formats.shelf`` is one."""

    def names(self) -> tuple[str, ...]:
        """Every name there is, such as ``mlops@1.0.0``."""

    def get(self, name: str) -> Questionnaire:
        """The questionnaire of one of these names."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds: an assessment (raw form) or a sheet (settled form), never both, with its questionnaire.

    ``warnings`` are for the person who gave the file: what is in it and will not be reported.
    """

    assessment: Assessment | None
    sheet: Sheet | None
    questionnaire: Questionnaire
    warnings: tuple[str, ...]


def read_assessment(data: bytes, name: str, shelf: Questionnaires) -> Read:
    """Read an assessment file of either form; raises Problems with every problem that was found.

    ``name`` is what problems call the file. At most ASSESSMENT_BYTES.
    """
    document = read_document(data, name, ASSESSMENT_BYTES)
    notes = Notes()
    root = Node(document.data, (), notes)
    if not isinstance(document.data, dict):
        notes.add((), f"an assessment file is a mapping that begins with format: {FORMAT}")
        raise _problems(document, notes)
    form = document.data.get("format", FORMAT)
    if form != FORMAT:
        notes.add(("format",), f"this is not an assessment file: the format is {said(form)}; write {FORMAT}")
        raise _problems(document, notes)
    asked = _questionnaire(root, shelf)
    words = Vocabulary() if asked is None else Vocabulary.of(asked)
    assessment, sheet = None, None
    try:
        if "settled" in document.data:
            sheet = settled_form(words, "", asked).read(root)
        else:
            assessment = raw_form(words, "").read(root)
    except Unreadable:
        raise _problems(document, notes) from None
    if notes.found or asked is None:
        raise _problems(document, notes)
    warnings = unreported(assessment, asked) if assessment is not None else ()
    return Read(assessment, sheet, asked, warnings)


def write_raw(assessment: Assessment, questionnaire: Questionnaire) -> bytes:
    """The raw form, UTF-8 YAML; reading it gives an equal assessment. Only for assessments whose terms are open."""
    return to_yaml(raw_form(Vocabulary.of(questionnaire), questionnaire.name).write(assessment)).encode()


def write_settled(sheet: Sheet, questionnaire: Questionnaire) -> bytes:
    """The settled form, UTF-8 YAML, always the same bytes for the same sheet; reading it gives an equal sheet."""
    words = Vocabulary.of(questionnaire)
    return to_yaml(settled_form(words, questionnaire.name, questionnaire).write(sheet)).encode()


def _questionnaire(root: Node, shelf: Questionnaires) -> Questionnaire | None:
    """The questionnaire that the file names; None with a note when the shelf has none of that name."""
    asked = root.data.get("questionnaire")
    if not isinstance(asked, str):
        return None
    names = shelf.names()
    if asked not in names:
        root.note(f"there is no questionnaire {said(asked)} on the shelf{suggestion(asked, names)}", "questionnaire")
        return None
    return shelf.get(asked)


def _problems(document: Document, notes: Notes) -> Problems:
    return Problems(document.problems(notes.found))
