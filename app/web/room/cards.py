"""The cards of one participant: what they are asked beforehand, what the room votes on, what they go back to."""

from app.domain.questionnaire import Belief, Question
from app.services.asking import next_questions
from app.services.errors import NotThere
from app.services.rooms.states import MyPart, MyVote, my_part
from app.services.rooms.voting import question_of
from app.store.lookups import answering
from app.web.room import words
from app.web.room.forms import BeliefForm, VoteForm, believed, voted
from app.web.room.pages import Card
from app.web.room.seats import ROOM, Seated
from app.web.units import session

#: As many as a phone keeps ready: enough for a dead spot, small enough to come with every answer.
AHEAD = 6


def part_of(here: Seated) -> MyPart:
    """What one may know of oneself."""
    return my_part(session(), here.seat)


def find_question(here: Seated, name: str) -> Question:
    """A question that is asked; raises NotThere."""
    return question_of(session(), here.seat, name)


def find_belief(here: Seated, name: str) -> Belief:
    """A belief that is asked; raises NotThere."""
    if here.seat.variant != "pulse":
        for belief in here.questionnaire.beliefs:
            if belief.id == name:
                return belief
    raise NotThere("belief", name)


def beforehand(here: Seated, part: MyPart) -> tuple[tuple[Card, ...], int]:
    """The next cards that are still to be answered before the room meets, and how many there are in all."""
    asking = next_questions(session(), here.assessment, here.me)
    over = settled(here)
    beliefs = [name for name in asking.beliefs if name not in part.answers.beliefs]
    questions = [name for name in asking.asked if name not in part.answers.questions and name not in over]
    missed = [name for name in asking.asked if name not in part.answers.questions and name in over]
    of = len(asking.beliefs) + len(asking.asked) - len(missed)
    done = of - len(beliefs) - len(questions)
    cards = []
    for number, name in enumerate((*beliefs, *questions)[:AHEAD], done):
        if name in beliefs:
            cards.append(belief_card(find_belief(here, name), part, done=number, of=of))
        else:
            cards.append(question_card(here, find_question(here, name), part, done=number, of=of))
    return tuple(cards), of


def optional(here: Seated, part: MyPart) -> tuple[Question, ...]:
    """Questions that others are asked before, and that one may answer all the same."""
    asking, over = next_questions(session(), here.assessment, here.me), settled(here)
    left = [q for q in asking.optional if q not in part.answers.questions and q not in over]
    return tuple(find_question(here, name) for name in left)


def settled(here: Seated) -> frozenset[str]:
    """Questions whose cards were opened: their first voting takes nothing more."""
    return frozenset(v.question for v in answering.votings(session(), here.assessment.id) if v.ended)


def question_card(  # noqa: PLR0913 - whose, which voting, and how far
    here: Seated,
    question: Question,
    part: MyPart,
    *,
    voting: int = 1,
    button: str = "Next",
    form: VoteForm | None = None,
    done: int = 0,
    of: int = 0,
) -> Card:
    """A question to vote on, with one's own vote in it; or with ``form`` as it was sent."""
    mine = vote_of(part, question.id, voting)
    kept = part.answers.questions.get(question.id)
    filled = voted(question, mine.answer, mine.comment, mine.seq) if mine else voted(question, None)
    return Card(
        id=f"{question.id}-{voting}",
        kind="question",
        action=f"{ROOM}/votes/{question.id}/{voting}",
        form=form or filled,
        hint=words.HINT if voting == 1 else f"{words.HINT} This is vote {voting}; the one before stays as it was.",
        button=button,
        done=done,
        of=of,
        na_allowed=question.na_allowed,
        background=words.background(question, here.questionnaire),
        released=bool(kept and kept.released),
        release=f"{ROOM}/comments/{question.id}" if kept and kept.comment else "",
    )


def belief_card(
    belief: Belief, part: MyPart, *, button: str = "Next", form: BeliefForm | None = None, done: int = 0, of: int = 0
) -> Card:
    """A belief, with one's own answer in it; or with ``form`` as it was sent."""
    own = (part.answers.beliefs[belief.id],) if belief.id in part.answers.beliefs else ()
    return Card(
        id=belief.id,
        kind="belief",
        action=f"{ROOM}/beliefs/{belief.id}",
        form=form or believed(belief, *own),
        hint=words.BELIEF_HINT,
        button=button,
        done=done,
        of=of,
    )


def vote_of(part: MyPart, question: str, voting: int) -> MyVote | None:
    """One's own vote in this voting."""
    return next((v for v in part.votes if (v.question, v.voting) == (question, voting)), None)
