"""Where reports are made beside the requests: one after the other, each once however many ask, the last ones kept.

Threads and locks of the standard library only: under a cooperative server they are greenlets, and nobody else waits.
"""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from app.render.files import Renderer
from app.render.worker import RenderBusy

#: Holds everything that the bytes depend on.
Key: TypeAlias = tuple[str, ...]

#: How many may stand in line, and how many bytes of finished reports stay in memory.
WAITING: Final = 8
KEPT_BYTES: Final = 32 * 1024 * 1024


@dataclass(eq=False, slots=True)
class Order:
    """A report that is being made."""

    key: Key
    make: Callable[[], bytes]
    ended: threading.Event = field(default_factory=threading.Event)
    content: bytes | None = None
    error: Exception | None = None


class Studio:
    """Takes orders for reports; ``renderer`` draws them."""

    def __init__(self, renderer: Renderer, *, waiting: int = WAITING, kept_bytes: int = KEPT_BYTES) -> None:
        self.renderer = renderer
        self._waiting, self._kept_bytes = waiting, kept_bytes
        self._lock = threading.Lock()
        self._line: deque[Order] = deque()
        self._failed: dict[Key, Exception] = {}
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._at_work = False

    def find(self, key: Key) -> bytes | None:
        """A report that was made lately, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Key, content: bytes) -> None:
        """Keep a report that was found elsewhere."""
        with self._lock:
            self._keep(key, content)

    def order(self, key: Key, make: Callable[[], bytes]) -> Order:
        """Have a report made, or join those who wait for it; raises RenderBusy when the line is full.

        One that was finished since it was looked for is handed out as it is. What went wrong at the last try is
        raised once; asking again after that tries again.
        """
        with self._lock:
            if (error := self._failed.pop(key, None)) is not None:
                raise error
            if (content := self._kept.get(key)) is not None:
                done = Order(key, make, content=content)
                done.ended.set()
                return done
            for order in self._line:
                if order.key == key:
                    return order
            if len(self._line) >= self._waiting:
                raise RenderBusy
            order = Order(key, make)
            self._line.append(order)
            if not self._at_work:
                self._at_work = True
                threading.Thread(target=self._work, name="mythmark-studio", daemon=True).start()
            return order

    def wait(self, order: Order, seconds: float) -> bytes | None:
        """The report, or None when it is not ready after so many seconds; raises what went wrong."""
        order.ended.wait(seconds)
        if order.error is not None:
            with self._lock:
                self._failed.pop(order.key, None)
            raise order.error
        return order.content

    def before(self, order: Order) -> int:
        """How many reports are made before this one."""
        with self._lock:
            return self._line.index(order) if order in self._line else 0

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._line:
                    self._at_work = False
                    return
                order = self._line[0]
            try:
                order.content = order.make()
            except Exception as error:  # noqa: BLE001 - whatever it was, it is told to those who wait
                order.error = error
            with self._lock:
                self._line.popleft()
                if order.content is not None:
                    self._keep(order.key, order.content)
                elif order.error is not None:
                    self._failed[order.key] = order.error
            order.ended.set()

    def _keep(self, key: Key, content: bytes) -> None:
        self._kept[key] = content
        self._kept.move_to_end(key)
        while sum(map(len, self._kept.values())) > self._kept_bytes:
            self._kept.popitem(last=False)
