"""Forms: protected, in our words, and with one list of what is wrong on top.

A form that is not valid is shown again with its errors and 422; ``render_page(value, form=form)`` does it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask, request
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import Forbidden
from wtforms.fields import SelectChoice

_protect = CSRFProtect()


class ForeignOrigin(Forbidden):
    """A write that a page of another site has sent."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: the id of the control it is about, and what to do."""

    control: str
    message: str


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The base of every form; in a template and in a view it is always called ``form``."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that is wrong, in the order of the form; what belongs to no control comes first."""
        own = tuple(Fault("", message) for message in self.form_errors)
        return own + tuple(Fault(_control(field), message) for field in self for message in _flat(field.errors))


def sent(form: Form) -> bool:
    """Whether the form was sent and is valid."""
    return bool(form.validate_on_submit())


def without_blanks(value: str | None) -> str | None:
    """A filter for text fields: nothing before, nothing after."""
    return value.strip() if value else value


def options(*pairs: tuple[str, str]) -> list[SelectChoice]:
    """Choices of a select or of radios: (value, label)."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def _control(field: Any) -> str:  # noqa: ANN401 - fields of WTForms have no common type
    """The id to go to: of a group of radios, the first."""
    return f"{field.id}-0" if field.type == "RadioField" else str(field.id)


def _flat(errors: Any) -> Iterator[str]:  # noqa: ANN401 - fields inside fields have errors inside errors
    for error in errors.values() if isinstance(errors, dict) else errors:
        if isinstance(error, str):
            yield error
        else:
            yield from _flat(error)


def protect(app: Flask) -> None:
    """Refuse a write that no page of ours has asked for; call it after the guard, so that refusals keep their order."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the session: a form left open overnight still counts
    _protect.init_app(app)

    @app.before_request
    def check() -> None:
        if request.endpoint is None or request.method in {"GET", "HEAD", "OPTIONS", "TRACE"}:
            return
        # The API is spoken in JSON with a token, or by our own pages: a foreign page always names its origin.
        if request.path.startswith("/api/"):
            origin = request.headers.get("Origin")
            if origin is not None and origin != request.host_url.rstrip("/"):
                raise ForeignOrigin
        else:
            _protect.protect()
