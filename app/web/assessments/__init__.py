"""Assessments: made, set, opened, closed, voided, thrown away, taken in from files."""

from app.web.assessments import ending, importing, making, setting, showing
from app.web.assessments.room import blueprint

__all__ = ["blueprint", "ending", "importing", "making", "setting", "showing"]
