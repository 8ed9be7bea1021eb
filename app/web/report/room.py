"""The room itself: its blueprint, which the views are put on."""

from flask import Blueprint

blueprint = Blueprint("report", __name__, url_prefix="/assessments/<assessment_id>")
