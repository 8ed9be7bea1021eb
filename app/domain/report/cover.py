"""The cover: who, when, what for, answered by whom, and the team's own field of answers."""

from app.domain.report import wording as w
from app.domain.report.figures import CoverField
from app.domain.report.heat import alt_without_words, field
from app.domain.report.pages import Cover
from app.domain.report.reading import Reading


def cover(reading: Reading) -> Cover:
    """The first page."""
    sheet = reading.sheet
    return Cover(
        organization=sheet.organization,
        team=sheet.team,
        quarter=sheet.quarter.in_words,
        purpose=sheet.purpose.strip() or "No purpose was stated.",
        answered_by=answered_by(reading),
        questionnaire=_questionnaire(reading),
        field=CoverField(field(reading)),
        field_alt=alt_without_words(reading),
    )


def answered_by(reading: Reading) -> str:
    """``8 people in 6 roles, 30 September 2026``."""
    sheet = reading.sheet
    when = w.date(sheet.date)
    if sheet.respondents == "0":
        agreed = any(facts.origin == "agreed" for facts in sheet.questions.values())
        return f"{'The team together' if agreed else 'Nobody yet'}, {when}"
    roles = f" in {w.figures(sheet.roles, 'role')}" if sheet.roles else ""
    return f"{w.capital(w.people(sheet.respondents))}{roles}, {when}"


def _questionnaire(reading: Reading) -> str:
    pack = reading.questionnaire
    name = f"{pack.id} {pack.version}"
    if reading.is_pulse:
        return f"{name}, pulse of {w.figures(len(reading.scored) or len(pack.pulse), 'question')}"
    overlay = f", {w.figures(len(reading.card.overlay), 'overlay question')}" if reading.card.overlay else ""
    return f"{name}, {w.figures(len(pack.core), 'question')}{overlay}, {w.figures(len(pack.beliefs), 'belief')}"
