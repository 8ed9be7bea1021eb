"""``Idempotency-Key``: the same request under the same key is done once, however often it comes."""

import re
from collections.abc import Callable
from functools import wraps

from flask import Response, request

from app.services.errors import NotValid
from app.services.repeating import KeptAnswer, begin_once, end_once
from app.web.units import session
from app.web.visit import acting, now

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x20-\x7e]{1,200}")
#: What of an answer is kept beside its body.
_KEPT = ("Content-Type", "Location", "ETag")


def once(view: Callable[..., Response]) -> Callable[..., Response]:
    """Let a view that writes be asked again; without the header it is asked as it is.

    What is refused is not kept: nothing was done, so it can be tried again. Raises NotValid, KeyReused.
    """

    @wraps(view)
    def ask(**parameters: str) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return view(**parameters)
        if not _KEY.fullmatch(key):
            raise NotValid(HEADER, "write 1 to 200 plain characters, such as a random number")
        kept = begin_once(session(), acting(), key, _request(), at=now())
        if kept is None:
            answer = view(**parameters)
            headers = {name: answer.headers[name] for name in _KEPT if name in answer.headers}
            kept = KeptAnswer(answer.status_code, answer.get_data(), headers)
            end_once(session(), acting(), key, kept)
        return _answer(kept)

    return ask


def _answer(kept: KeptAnswer) -> Response:
    answer = Response(kept.body, kept.status)
    answer.headers.remove("Content-Type")
    answer.headers.update(kept.headers)
    return answer


def _request() -> bytes:
    """Everything that makes two requests the same."""
    marks = (request.headers.get(name, "") for name in ("Content-Type", "If-Match", "If-None-Match"))
    head = "\n".join((request.method, request.full_path, *marks))
    return head.encode("utf-8", "surrogatepass") + b"\n\n" + request.get_data(cache=True)
