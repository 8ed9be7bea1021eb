"""How each kind of number is computed, in words, with the section of the specification it follows."""

from fractions import Fraction

from app.domain.questionnaire import Rules
from app.domain.report import wording as w
from app.domain.report.pages import MethodSection


def method(rules: Rules) -> tuple[MethodSection, ...]:
    """The method in the order of computation, with the numbers that the questionnaire sets."""
    return tuple(
        MethodSection(title, rule, text)
        for title, rule, text in (*_scoring(rules), *_comparing(rules), *_planning(rules))
    )


def _pair(value: Fraction) -> str:
    return w.exact(value)


def _scoring(rules: Rules) -> tuple[tuple[str, str, str], ...]:
    caps = ", ".join(str(cap) for cap in rules.evidence_caps)
    floors = ", ".join(w.exact(f) for f in rules.floors)
    return (
        (
            "From answers to a level",
            "4.1",
            (
                "Each role has a fixed voice on a question, shared by its members; a role that is not "
                "best placed has "
                f"{_pair(rules.other_role_weight)} of it. The level is the smallest one at which the "
                "answers up to it carry at least half "
                "of all weight. What the room agreed on wins over the votes; the votes stay as its "
                "history."
            ),
        ),
        (
            "Claimed and supported",
            "4.2",
            (
                "Evidence is graded: E0 nothing named, E1 an artefact named, E2 an artefact seen by a "
                "second person. "
                f"The supported level is the claimed one, but at most {caps} for E0, E1 and E2. Stage and "
                "gates use the supported level."
            ),
        ),
        (
            "Dimension, unknown, not applicable",
            "4.3",
            (
                "A dimension is the plain mean of its questions that have a level. An unknown answer is "
                "never scored 0: the bounds "
                "show what all unknown at 0, or all at 4, would give. A mean is published from "
                f"{w.percent(rules.coverage_min)} of 100 answered, "
                f"{w.counted(rules.questions_min, 'question')} and at most "
                f"{w.percent(rules.na_share_max)} of 100 not applicable."
            ),
        ),
        (
            "Stage",
            "4.4",
            (
                f"A stage takes every gate and, in every dimension, a mean of at least {floors} for "
                "stages 1 to 4; all lower "
                "stages included. No average makes up for an open gate. A gate on an unknown answer "
                "stays open; one that does not "
                "apply is waived."
            ),
        ),
        (
            "Disagreement",
            "4.5",
            (
                "AD is the mean distance of the votes from their median, in levels. Above "
                f"{w.level(rules.ad_max)} a question "
                "without an agreed level is contested: its level counts, but it opens no gate. A "
                "perception gap is two role "
                f"families with medians {rules.family_gap} levels apart or more."
            ),
        ),
        (
            "Plausible range",
            "4.6",
            (
                f"The respondents are weighted anew at random, {rules.replicates:,} times with a fixed "
                "seed, and everything is computed "
                "again; the middle 90 of 100 results are the range. It tells what another equally "
                "informed panel might have said. "
                f"It takes {w.counted(rules.bootstrap_respondents_min, 'respondent')}, and is not given "
                "where most levels were agreed."
            ),
        ),
        (
            "Verdicts on myths",
            "4.7",
            (
                "Practice against a myth is the weighted mean of its questions' levels, from 0 to 100; "
                "in words it is the mean of "
                f"the opinions. Debunked takes {_hundred(rules.debunked_from)} in practice; below "
                f"{_hundred(rules.believed_below)} practice "
                f"does not speak against the myth. From {_hundred(rules.belief_split)} in words it is not "
                "agreed with. Words alone never debunk."
            ),
        ),
        (
            "Words and practice",
            "4.8",
            (
                "The two scales have no common zero, so their difference is not printed. Myths are "
                "ordered by verdict, then by rank gap: "
                "the place by practice less the place by words."
            ),
        ),
    )


def _hundred(value: Fraction) -> str:
    return w.exact(value * 100)


def _comparing(rules: Rules) -> tuple[tuple[str, str, str], ...]:
    return (
        (
            "Quarter to quarter",
            "4.9",
            (
                "Only questions that are the same and were answered in both quarters are compared. The "
                "rest of the published change is "
                "shown in two parts: questions that changed, and questions answered once only. The "
                "headline takes "
                f"{w.percent(rules.common_share_min)} of 100 of the questions in common. A change is real "
                "if its range leaves out 0, or if "
                "verified actions explain it."
            ),
        ),
        (
            "Anonymity",
            "4.10",
            (
                "In an anonymous assessment a vote counts from three votes of which none carries half. "
                "Counts are shown, never people "
                "or roles; families from six votes on, small ones merged; the mean distance from five. "
                "Explanations start at the "
                "published level. Numbers that differ by one or two people are never both shown."
            ),
        ),
        (
            "Order",
            "4.11",
            (
                "Answers become levels, evidence caps them, dimensions and gates follow, then the stage, "
                "the verdicts, the ranges and "
                "the change. What must not be shown is taken out once, before anything is drawn."
            ),
        ),
        (
            "Pulse",
            "4.12",
            (
                "A pulse asks a few questions that are nearly all gates. It shows their movement and can "
                "put a stage in doubt; it "
                "restates no stage, no dimension and no verdict, and makes no plan."
            ),
        ),
        (
            "Named lists",
            "4.13",
            (
                "Strengths are capabilities supported at level 3 or more, gates first. Risks are open "
                "gates by how far they are open, "
                "then contested questions, then gates that many best placed people could not answer."
            ),
        ),
        (
            "Rounding",
            "4.14",
            "Everything is computed in exact fractions and rounded once, half to even, when it is printed.",
        ),
    )


def _planning(rules: Rules) -> tuple[tuple[str, str, str], ...]:
    return (
        (
            "The plan",
            "5.0",
            (
                "One quarter after the other is solved to proven optimality, from the state that the "
                "quarter before leaves. What is not "
                "known is planned as absent. A step that is claimed already only takes its evidence: one "
                "day."
            ),
        ),
        (
            "Steps and what they need",
            "5.1",
            (
                "A step brings one question one level up. It needs the step below and the steps the "
                "questionnaire lists; steps above the "
                "target are not offered."
            ),
        ),
        (
            "Capacity",
            "5.2",
            (
                "People times working days times the share set aside, times "
                f"{w.exact(rules.capacity_reserve)} as a reserve, rounded down. At most "
                f"{w.counted(rules.actions_per_quarter_max, 'step')} a quarter; a step to level 3 or 4 "
                "only where the level below stood at its start."
            ),
        ),
        (
            "Points",
            "5.3",
            (
                f"A step towards an open gate of the next stage earns {rules.points_gate}; a level in a "
                "dimension below its floor "
                f"{rules.points_floor}, elsewhere {rules.points_level}; a primary question of a myth in "
                f"focus {rules.points_myth}; a gate step "
                f"that had to wait {rules.points_waiting} a quarter; reaching the next stage "
                f"{rules.points_stage}. Ties go to less effort."
            ),
        ),
        (
            "The check of reported actions",
            "5.6",
            (
                "An action is verified when its level is supported, the votes agree, an artefact dated "
                "after its start is named, and "
                "somebody other than its owner sees it. Otherwise it is not confirmed and can be planned "
                "again."
            ),
        ),
    )
