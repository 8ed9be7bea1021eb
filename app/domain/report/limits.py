"""What the report cannot tell (measurement.md section 6)."""


def limits() -> tuple[str, ...]:
    """What the report cannot tell."""
    return (
        (
            "No study has validated the questionnaire. Its content rests on the references; the "
            "order of levels, the weights, "
            "cut points, points and efforts are expert judgement."
        ),
        (
            "The level describes practice. It says nothing about how good a model is, it forecasts "
            "no result, and it is no "
            "statement of compliance with any law or standard."
        ),
        (
            "Self-report drifts towards what is hoped for. Evidence and the check of reported "
            "actions work against that; a "
            "leniency that everybody shares shows in no range."
        ),
        "Tie no pay to these numbers, and compare no named teams by them: either makes the answers worthless.",
        "Efforts are estimates for a team of about eight with three to ten live models: plus or minus half.",
        "The verdicts on myths share questions. They are reading aids, not independent measurements.",
        (
            "With few respondents a stage or a verdict can turn on one answer; that is why what "
            "blocks it is always printed."
        ),
    )
