"""The two endings of a write: the fragment for htmx, a page to look at for everybody else."""

from flask import Response

from app.web.forms import Form
from app.web.page import Page, render_page, say, see_other, wants_fragment


def after_write(value: Page, *, fragment: str, path: str, words: str = "", form: Form | None = None) -> Response:
    """End a write that went well: htmx gets ``fragment`` of ``value``, a plain form 303 to ``path`` with ``words``."""
    if wants_fragment():
        return render_page(value, form=form, fragment=fragment)
    if words:
        say(words)
    return see_other(path)
