"""A writer is killed in the middle of its work, again and again: nothing it acknowledged may be gone."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from app.store.tables.answering import VoteRow
from app.store.unit_of_work import reading, writing
from tests.store import cast

pytestmark = pytest.mark.slow  # starts and kills processes

KILLS = 5
PER_RUN = 60
WRITER = """
import sys
from app.domain.answers import Level
from app.store.record.answers import record_vote
from app.store.tables.answering import ParticipantRow
from app.store.unit_of_work import make_engine, writing
url, participant, start = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
engine = make_engine(url, guarded=True)
for number in range(start, start + 100_000):
    with writing(engine) as session:
        who = session.get_one(ParticipantRow, participant)
        record_vote(session, who, f"q{number}", 1, Level(number % 5), seq=number + 1)
    print(number, flush=True)
"""


def test_no_acknowledged_vote_is_lost_when_the_writer_is_killed(lite: Engine) -> None:
    with writing(lite) as session:
        who = cast.participant(session, cast.world(session), "r1")
        participant, assessment = who.id, who.assessment_id
    lite.dispose()
    acknowledged: set[int] = set()
    for run in range(KILLS):
        command = [sys.executable, "-c", WRITER, str(lite.url), str(participant), str(run * 100_000)]
        root = Path(__file__).resolve().parents[2]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as writer:
            assert writer.stdout is not None
            acknowledged |= {int(writer.stdout.readline()) for _ in range(PER_RUN + 7 * run)}
            writer.send_signal(signal.SIGKILL)
            # What was said before the kill reached us counts as well; the last line may be cut short.
            acknowledged |= {int(line) for line in writer.stdout.readlines() if line.endswith("\n")}
    with reading(lite) as session:
        votes = session.scalars(select(VoteRow).where(VoteRow.assessment_id == assessment)).all()
        stored = {vote.seq - 1: vote.level for vote in votes}
    assert acknowledged <= set(stored)
    assert len(acknowledged) >= KILLS * PER_RUN
    assert all(level == number % 5 for number, level in stored.items())
    connection = sqlite3.connect(str(lite.url.database))
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
