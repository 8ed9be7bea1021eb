"""Why this number? Every number of a result with printed inputs from which it can be computed again by hand."""

from app.domain.explain import Explanation
from app.domain.explanations.agreement import explain_agreement
from app.domain.explanations.change import explain_change
from app.domain.explanations.levels import explain_dimensions, explain_levels
from app.domain.explanations.myths import explain_myths
from app.domain.explanations.plan import explain_plan
from app.domain.explanations.stage import explain_stage
from app.domain.result import Result

__all__ = ["explain"]


def explain(result: Result) -> tuple[tuple[str, tuple[Explanation, ...]], ...]:
    """All explanations in named groups, in the order of the report; a group without any is left out.

    In an anonymous assessment they start at the published level, AD and S (measurement.md 4.10, rule 7).
    """
    groups = (
        ("Stage, gates and floors", explain_stage(result)),
        ("Dimensions", explain_dimensions(result)),
        ("Levels and evidence", explain_levels(result)),
        ("Myths", explain_myths(result)),
        ("Agreement", explain_agreement(result)),
        ("Change", explain_change(result)),
        ("Plan", explain_plan(result)),
    )
    return tuple((title, found) for title, found in groups if found)
