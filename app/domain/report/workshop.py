"""What a workshop did with its questions: talked about, accepted without a talk, not agreed, not reached.

Everything here is said from the settled facts, which hold nothing that measurement.md 4.10 would withhold.
"""

from app.domain.questionnaire import Question
from app.domain.report import wording as w
from app.domain.report.pages import Point, Table, Workshop
from app.domain.report.reading import Reading
from app.domain.report.shifts import voted_again
from app.domain.scorecard import QuestionScore
from app.domain.sheet import Ballot


def workshop(reading: Reading) -> Workshop | None:
    """The workshop, None where there was none."""
    sheet = reading.sheet
    if not (sheet.asked or sheet.accepted or sheet.not_agreed):
        return None
    return Workshop(
        headline=_headline(reading),
        lead=_lead(reading),
        accepted=_accepted(reading),
        not_agreed=tuple(_not_agreed(reading, q, s) for q, s in _of(reading, sheet.not_agreed)),
        left_out=_left_out(reading),
    )


def _of(reading: Reading, questions: tuple[str, ...]) -> list[tuple[Question, QuestionScore]]:
    """These questions with their scores, in the order of the pack."""
    return [(q, s) for q, s in reading.scored if q.id in questions]


def _headline(reading: Reading) -> str:
    sheet = reading.sheet
    done = len(_of(reading, (*sheet.asked, *sheet.accepted)))
    left = len(_of(reading, sheet.left_out))
    if left:
        return f"The workshop got to {done} of {done + left} questions"
    return f"The workshop got to all {w.counted(done, 'question')}" if done > 1 else "What the workshop did"


def _lead(reading: Reading) -> str:
    sheet = reading.sheet
    talked, accepted = len(_of(reading, sheet.asked)), len(_of(reading, sheet.accepted))
    again = sum(q.id in sheet.asked for q, *_ in voted_again(reading))
    told = [f"{w.capital(w.counted(talked, 'question'))} {w.agree(talked, 'was', 'were')} talked about or settled."]
    if again:
        were = w.agree(again, "was", "were")
        told.append(f"{w.capital(w.number(again))} of them {were} voted on again after a talk.")
    if accepted:
        told.append(
            f"{w.capital(w.number(accepted))} more {w.agree(accepted, 'was', 'were')} accepted as the votes stood, "
            "without a talk."
        )
    if lost := len(_of(reading, sheet.not_agreed)):
        told.append(f"On {w.number(lost)} no level was found, and that is a result too.")
    return " ".join(told)


def _accepted(reading: Reading) -> Table | None:
    rows = tuple((q.capability, _counts_now(s)) for q, s in _of(reading, reading.sheet.accepted))
    return Table("Accepted as agreed, without a talk", ("Question", "Level"), rows, (False, True)) if rows else None


def _counts_now(score: QuestionScore) -> str:
    return "none" if score.facts.level is None else str(score.facts.level)


def _left_out(reading: Reading) -> Table | None:
    """What did not fit the time box, with what counts for it."""
    rows = tuple((q.capability, _instead(s)) for q, s in _of(reading, reading.sheet.left_out))
    if not rows:
        return None
    return Table("Left out, as the time did not reach", ("Question", "What counts"), rows, (False, False))


def _instead(score: QuestionScore) -> str:
    facts = score.facts
    if facts.status == "na":
        return "not applicable, by the answers given beforehand"
    if facts.level is not None:
        return f"level {facts.level}, by the answers given beforehand"
    return f"unknown: {facts.reason or 'no answers'}"


def _not_agreed(reading: Reading, question: Question, score: QuestionScore) -> Point:
    """Both sides, as far as they may be shown: counts, families, and what counts for now."""
    facts, said = score.facts, []
    if shown := next((b for b in reversed(facts.ballots) if b.counts), None):
        said.append(f"{w.capital(_sides(shown))}.")
    if facts.families:
        seen = sorted(facts.families.items(), key=lambda item: (-item[1], item[0]))
        told = w.listed(f"{reading.family(family)} see level {w.level(median)}" for family, median in seen)
        said.append(f"{w.capital(told)} (medians).")
    if facts.level is not None:
        said.append(f"Level {facts.level} counts for now, by the votes.")
    else:
        said.append("It counts as unknown.")
    return Point(question.capability, " ".join(said))


def _sides(ballot: Ballot) -> str:
    counts = ballot.counts or (0,) * 7
    parts = [f"{w.number(count)} voted {level}" for level, count in enumerate(counts[:5]) if count]
    parts += [f"{w.number(counts[5])} did not know"] if counts[5] else []
    parts += [f"{w.number(counts[6])} found it not applicable"] if counts[6] else []
    return w.listed(parts)
