"""Large pages made smaller on their way, where that tells nobody anything."""

import gzip

from flask import Response, request

#: Below this, what is saved is not worth the work.
_WORTH_IT = 50_000
#: A report of 650 kB takes 10 ms and becomes a tenth of that; more effort would save little.
_EFFORT = 6


def smaller(answer: Response) -> Response:
    """The answer compressed, for a browser that takes it so.

    Only for pages that repeat nothing out of the request: somebody who can choose a part of a page and see how long
    it becomes could guess the rest of it (BREACH). So a view asks for this, and no page has it by default.
    """
    answer.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] or len(body := answer.get_data()) < _WORTH_IT:
        return answer
    answer.set_data(gzip.compress(body, _EFFORT, mtime=0))
    answer.headers["Content-Encoding"] = "gzip"
    return answer
