"""What I have answered, for nobody but me."""

from app.domain.questionnaire import Question
from app.services.asking import next_questions
from app.services.rooms.states import MyPart
from app.web.room import words
from app.web.room.cards import find_belief, find_question, part_of, settled
from app.web.room.pages import MineLine, MinePage
from app.web.room.seats import ROOM, Seated
from app.web.units import session
from app.web.visit import site


def mine_page(here: Seated) -> MinePage:
    """Everything one was asked: what one said, what is left, and where to change it."""
    part, over = part_of(here), settled(here)
    asking = next_questions(session(), here.assessment, here.me)
    closed, taking = here.seat.code is None, here.assessment.state == "open"
    order = (*asking.asked, *asking.optional)
    answered = [find_question(here, name) for name in order if name in part.answers.questions]
    left = [find_question(here, name) for name in order if name not in part.answers.questions and name not in over]
    return MinePage(
        role=words.role_name(here.seat.role, here.questionnaire),
        may_change=not (part.votes or part.answers.beliefs or closed),
        questions=tuple(_question(q, part, open_=q.id not in over and not closed, taking=taking) for q in answered),
        beliefs=tuple(_belief(here, name, part, open_=not closed) for name in asking.beliefs),
        left=() if closed else tuple(_left(q) for q in left),
        terms=words.terms(here.assessment, site().partition("//")[2]),
    )


def _question(question: Question, part: MyPart, *, open_: bool, taking: bool) -> MineLine:
    mine = part.answers.questions[question.id]
    return MineLine(
        text=question.text,
        answer=words.answer_words(mine.answer, question),
        comment=mine.comment or "",
        released=mine.released,
        release=f"{ROOM}/comments/{question.id}" if taking else "",
        href=f"{ROOM}/questions/{question.id}" if open_ else "",
    )


def _belief(here: Seated, name: str, part: MyPart, *, open_: bool) -> MineLine:
    told = words.agree_words(part.answers.beliefs[name]) if name in part.answers.beliefs else ""
    return MineLine(find_belief(here, name).text, told, "", False, "", f"{ROOM}/beliefs/{name}" if open_ else "")  # noqa: FBT003 - a value


def _left(question: Question) -> MineLine:
    return MineLine(question.text, "", "", False, "", f"{ROOM}/questions/{question.id}")  # noqa: FBT003 - a value
