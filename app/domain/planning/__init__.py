"""The rules of planning without a solver: state, candidates, points, waiting, reasons, order, deferral.

    ground      what stays fixed while a plan is made: levels, claims, targets, focus, and every step as a candidate
    stages      what a stage still asks for, from any levels
    opening     what one quarter can choose from, and what each choice is worth
    telling     what is said about a chosen quarter: order of work, unlocks, quick wins, projected levels
    remainder   what the plan leaves out, and why
    capacity    person-days, exactly

Everything here is a pure function of frozen values (measurement.md section 5.0).
"""
