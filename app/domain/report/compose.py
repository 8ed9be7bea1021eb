"""From facts and judgements to the final text: everything a reader sees is written here, once, for every medium."""

from app.domain.report.appendix import appendix
from app.domain.report.change import change_pages
from app.domain.report.cover import cover
from app.domain.report.disagreement import disagreement
from app.domain.report.myths import myths
from app.domain.report.pages import Report
from app.domain.report.reading import Reading
from app.domain.report.roadmap import roadmap_pages
from app.domain.report.sponsor import sponsor
from app.domain.report.stand import stand
from app.domain.result import Result


def compose(result: Result) -> Report:
    """The report of a result, in the order of its pages. Pure: the same result gives the same words."""
    reading = Reading(result)
    sheet = result.sheet
    kind = "Pulse" if reading.is_pulse else "Assessment"
    return Report(
        title=f"{sheet.team}, {sheet.quarter.in_words}",
        subject=f"{kind} of how {sheet.team} at {sheet.organization} runs machine learning, {sheet.quarter}",
        organization=sheet.organization,
        team=sheet.team,
        quarter=str(sheet.quarter),
        date=sheet.date,
        variant=sheet.variant,
        cover=cover(reading),
        sponsor=sponsor(reading),
        stand=stand(reading),
        myths=myths(reading),
        disagreement=disagreement(reading),
        roadmap=roadmap_pages(reading),
        change=change_pages(reading),
        appendix=appendix(reading),
    )
