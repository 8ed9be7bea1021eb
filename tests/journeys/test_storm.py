"""A vote that was acknowledged is kept and counted once, whatever happens to the server and to the net."""

import asyncio
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.journeys.flaky import FlakyNet
from tests.journeys.served import Phone, Served, Workshop, open_workshop, serving

pytestmark = pytest.mark.slow
KILLS = 8
VOTES = 2_000
CROWD = 48
#: Half a minute on a machine that has nothing else to do.
SECONDS = 280
QUESTION = "mon-drift"


@dataclass
class Voter:
    """Somebody who votes on and on: the newest vote on each question that was acknowledged, and the one under way."""

    token: str = field(repr=False)
    kept: dict[str, tuple[int, int]] = field(default_factory=dict)
    under_way: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass
class Storm:
    """Votes until enough were acknowledged and the server was killed often enough."""

    workshop: Workshop
    questions: list[str]
    acknowledged: int = 0
    kills: int = 0
    refused: list[int] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """Whether it was enough."""
        return bool(self.refused) or (self.acknowledged >= VOTES and self.kills >= KILLS)

    async def vote(self, voter: Voter, dice: random.Random) -> None:
        """Vote on one question after another; what breaks is sent again as it was."""
        seq = 0
        async with Phone(self.workshop.server.port, voter.token) as phone:
            while not self.over:
                question, level, seq = dice.choice(self.questions), dice.randrange(5), seq + 1
                voter.under_way[question] = (level, seq)
                while not self.over:
                    try:
                        asked = phone.ask("PUT", self.workshop.vote_path(question), {"level": level, "seq": seq})
                        status, _ = await asyncio.wait_for(asked, 20)
                    except (OSError, EOFError, TimeoutError):
                        await asyncio.sleep(0.05)
                        continue
                    if status == 204:
                        voter.kept[question] = (level, seq)
                        self.acknowledged += 1
                    elif status != 503:  # busy, come again
                        self.refused.append(status)
                    break

    async def kill(self, dice: random.Random) -> None:
        """Kill the server again and again, in the midst of votes."""
        server = self.workshop.server
        for number in range(1, KILLS + 1):
            while self.acknowledged < number * VOTES // (KILLS + 1):  # noqa: ASYNC110 - counted, not told
                await asyncio.sleep(0.01)
            await asyncio.sleep(dice.random() / 20)
            if number % 4:
                server.kill_worker()  # its master starts another, and has the port meanwhile
            else:
                server.kill()
                await asyncio.to_thread(server.start)
            self.kills += 1
            await asyncio.to_thread(server.wait)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path) as running:
        yield running


def _integrity(server: Served) -> tuple[str, int, int]:
    """What SQLite says of its file, how many votes are in it, and of how many voters and questions."""
    with sqlite3.connect(f"file:{server.database}?mode=ro", uri=True) as connection:
        (said,) = connection.execute("PRAGMA integrity_check").fetchone()
        of_room = "FROM votes WHERE assessment_id = (SELECT id FROM assessments WHERE public_id = ?)"
        return said, *connection.execute(
            f"SELECT count(*), count(DISTINCT participant_id || ' ' || question || ' ' || voting) {of_room}",
            [_assessment(connection)],
        ).fetchone()


def _assessment(connection: sqlite3.Connection) -> str:
    found: str = connection.execute(
        "SELECT a.public_id FROM assessments a JOIN rooms r ON r.assessment_id = a.id "
        "WHERE r.code IS NOT NULL ORDER BY r.opened_at DESC"
    ).fetchone()[0]
    return found  # fmt: skip


def test_no_acknowledged_vote_is_lost_when_the_server_is_killed(server: Served) -> None:
    workshop = open_workshop(server, CROWD)
    storm = Storm(workshop, workshop.questions()[:20])
    voters = [Voter(token) for token in workshop.seats]

    async def rage() -> None:
        await asyncio.gather(
            storm.kill(random.Random(1)),
            *(storm.vote(voter, random.Random(number)) for number, voter in enumerate(voters)),
        )

    asyncio.run(asyncio.wait_for(rage(), SECONDS))
    assert (storm.refused, storm.kills) == ([], KILLS)
    assert storm.acknowledged >= VOTES
    lost = []
    for voter in voters:
        stored = workshop.mine(voter.token)
        for question, (level, seq) in voter.kept.items():
            found = stored.get((question, 1))
            if found != (level, seq) and found != voter.under_way[question]:
                lost.append((question, seq, found))
    assert lost == []
    assert server.stop() == 0
    said, rows, distinct = _integrity(server)
    assert (said, rows) == ("ok", distinct)
    assert rows >= sum(len(voter.kept) for voter in voters)


def test_a_bad_net_neither_loses_nor_doubles_nor_brings_back_old_votes(server: Served) -> None:
    workshop = open_workshop(server, 24)
    workshop.move("ask", {"question": QUESTION})
    last = {}

    async def change_one_s_mind(net: FlakyNet, number: int, token: str) -> None:
        """Three votes; each may be left for the next before it was acknowledged, the last one is seen through."""
        dice = random.Random(number)
        for seq in (1, 2, 3):
            level = dice.randrange(5)
            last[token] = (level, seq)
            for attempt in range(200):
                if await net.send(workshop.vote_path(QUESTION), {"level": level, "seq": seq}, token) == 204:
                    break
                if seq < 3 and attempt > dice.randrange(3):
                    break

    async def rage() -> FlakyNet:
        async with FlakyNet(server.port, random.Random(7)) as net:
            await asyncio.gather(
                *(change_one_s_mind(net, number, token) for number, token in enumerate(workshop.seats))
            )
            return net

    net = asyncio.run(asyncio.wait_for(rage(), SECONDS))
    assert min(net.eaten, net.reset, net.delayed, net.late) > 5, net
    assert workshop.state()["voted"] == len(workshop.seats)
    for token, vote in last.items():
        assert workshop.mine(token) == {(QUESTION, 1): vote}
    counts = workshop.move("reveal")["distribution"]["levels"]
    levels = [level for level, _ in last.values()]
    assert counts == {str(level): levels.count(level) for level in range(5)}
    assert server.stop() == 0
    said, rows, distinct = _integrity(server)
    assert (said, rows, distinct) == ("ok", 24, 24)
