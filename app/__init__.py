"""Mythmark: an MLOps maturity self-assessment, from answers to verdicts, a proven plan and a report.

The house, from the top down; imports only go down (import-linter holds the rule):

    cli         the mythmark commands, thin
    web         how people see it in the browser
    accounts    who may: sign-in, memberships, permissions
    services    what people do: one function, one sentence
    formats     what is exchanged: packs, assessment files, results, spreadsheets
    render      how it is drawn: charts, PDF, HTML
    store       what is remembered: the only SQL
    planner     how the best plan is found: a problem in, a proven optimum out
    live        how everybody sees it at once: streams, and what carries changes between processes
    domain      what is true: plain Python and NumPy, no I/O and no clock
"""

__version__ = "0.1.0"
