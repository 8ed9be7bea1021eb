"""Answers of a raw file into the rows of an open assessment, so that they count as they did where they were given."""

import datetime as dt
from collections.abc import Mapping

from app.domain.answers import Answer, Assessment, ReportedAction
from app.store.record.answers import (
    end_votings,
    record_belief,
    record_vote,
    release_comment,
    save_bets,
    save_hands,
)
from app.store.record.versions import report_actions, save_agreed, save_evidence
from app.store.tables.answering import ParticipantRow
from app.store.tables.assessments import AssessmentRow
from app.store.tables.board import CardRow
from app.store.unit_of_work import Session


def take_in_answers(session: Session, row: AssessmentRow, facts: Assessment) -> None:
    """Store the participants of a raw file with their votes and beliefs, and what the room recorded."""
    people = _participants(session, row, facts, on=row.date)
    votes = _votes(facts)
    comments = _comments(facts, votes)
    for (question, voting), answers in votes.items():
        for name, answer in sorted(answers.items()):
            text = comments.get((question, voting, name))
            record_vote(session, people[name], question, voting, answer, comment=text)
            if text is not None:
                release_comment(session, people[name], question, voting, released=True)
    for person in facts.respondents:
        for belief, agree in sorted(person.beliefs.items()):
            record_belief(session, people[person.id], belief, agree)
    for question, agreed in sorted(facts.agreed.items()):
        save_agreed(session, row, question, agreed)
    for question, evidence in sorted(facts.evidence.items()):
        save_evidence(session, row, question, evidence)
    for question, shown in sorted(facts.hands.items()):
        save_hands(session, row, question, shown)
    save_bets(session, row, facts.bets)
    report_actions(session, row, [_card(row, action) for action in facts.actions])
    for question in sorted({question for question, _ in votes} | set(facts.agreed)):
        end_votings(session, row, question)


def _participants(session: Session, row: AssessmentRow, facts: Assessment, *, on: dt.date) -> dict[str, ParticipantRow]:
    people = {
        person.id: ParticipantRow(
            organization_id=row.organization_id,
            assessment_id=row.id,
            respondent=person.id,
            role=person.role,
            joined_on=on,
        )
        for person in facts.respondents
    }
    session.add_all(people.values())
    session.flush()
    return people


def _votes(facts: Assessment) -> dict[tuple[str, int], Mapping[str, Answer]]:
    """The votes of every voting; answers without a history are a first voting."""
    votes: dict[tuple[str, int], Mapping[str, Answer]] = {(v.question, v.number): v.votes for v in facts.votings}
    told = {question for question, _ in votes}
    last: dict[str, dict[str, Answer]] = {}
    for person in facts.respondents:
        for question, answer in person.answers.items():
            if question not in told:
                last.setdefault(question, {})[person.id] = answer
    return votes | {(question, 1): answers for question, answers in last.items()}


def _comments(
    facts: Assessment, votes: Mapping[tuple[str, int], Mapping[str, Answer]]
) -> dict[tuple[str, int, str], str]:
    """A file does not say who wrote a comment: each goes with one vote of its question, in a fixed order."""
    places: dict[tuple[str, int, str], str] = {}
    for comment in facts.comments:
        free = [
            (question, voting, name)
            for (question, voting), answers in sorted(votes.items())
            for name in sorted(answers)
            if question == comment.question and (question, voting, name) not in places
        ]
        if free:
            places[free[0]] = comment.text
    return places


def _card(row: AssessmentRow, action: ReportedAction) -> CardRow:
    """The action as the board would hold it; it is not put on the board, which is of another place and time."""
    return CardRow(
        organization_id=row.organization_id,
        team_id=row.team_id,
        step=action.id,
        state=action.status,
        owner=action.owner,
        started=action.started,
        effort_days=action.effort_days,
        verified_in=str(action.verified_in) if action.verified_in else None,
    )
