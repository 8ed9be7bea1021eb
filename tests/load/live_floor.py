"""The floor under any server: one send a stream and event over loopback, with nothing around it."""

import asyncio
import multiprocessing
import socket
import time
from resource import RUSAGE_SELF, getrusage

from app.live.serving import BESIDE, raise_file_limit

ROUNDS = 30
FRAME = b"x" * 500


def bare_sends(streams: int) -> float:
    """Microseconds of a core for one send, measured at ten rounds a second like the hub's."""
    streams = min(streams, raise_file_limit() - BESIDE)
    with socket.create_server(("127.0.0.1", 0), backlog=2_000) as server:
        readers = multiprocessing.get_context("spawn").Process(
            target=_read, args=(server.getsockname()[1], streams), daemon=True
        )
        readers.start()
        server.settimeout(20)
        ends = [server.accept()[0] for _ in range(streams)]
        for end in ends:
            end.settimeout(0)
        before = getrusage(RUSAGE_SELF)
        for _ in range(ROUNDS):
            for end in ends:
                end.send(FRAME)
            time.sleep(0.1)
        after = getrusage(RUSAGE_SELF)
        readers.terminate()
        readers.join()
        for end in ends:
            end.close()
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent * 1e6 / (ROUNDS * streams)


def _read(port: int, streams: int) -> None:
    """Read and forget, in a process of its own."""

    async def read() -> None:
        loop = asyncio.get_running_loop()
        for _ in range(streams):
            await loop.create_connection(asyncio.Protocol, "127.0.0.1", port)
        await asyncio.sleep(60)

    asyncio.run(read())
