"""What comes in and what goes out: JSON that is one of the models, or a file."""

from typing import Any, Protocol, TypeVar

from flask import Response, request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from app.formats.api_bodies import read_body, read_values
from app.services.errors import NotValid
from app.web.access import FORM_BYTES, UPLOAD_BYTES
from app.web.api.room import PREFIX

T = TypeVar("T")
#: A report of ours with its fonts inside is about 1 MiB already.
PDF_BYTES = 20 * 1024 * 1024


class Writes(Protocol):
    """A model that can be written."""

    def model_dump_json(self) -> str:
        """The JSON of it."""


def taken(model: type[T]) -> T:
    """The body of the request as this model; raises UnsupportedMediaType, UnreadableBody, Problems."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    found: T = read_body(request.get_data(cache=True), _plain(model), FORM_BYTES)
    return found


def asked(model: type[T]) -> T:
    """What stands behind the question mark as this model; raises Problems, also for what is there twice."""
    values: dict[str, object] = {}
    for name, several in request.args.lists():
        if len(several) > 1:
            raise NotValid(name, "is here twice; keep one of them")
        values[name] = several[0]
    found: T = read_values(values, _plain(model))
    return found


def _plain(model: type[Any]) -> type[Any]:
    return model


def taken_file() -> tuple[bytes, str]:
    """The file that was sent, as the body or as the only one of a form, and what problems call it; raises NotValid."""
    if request.mimetype != "multipart/form-data":
        kind = "json" if request.mimetype == "application/json" else "yaml"
        return _fitting(request.get_data(cache=True)), f"assessment.{kind}"
    files = [file for _, several in request.files.lists() for file in several]
    if len(files) != 1:
        raise NotValid("file", "send one file, as the body of the request or as the only file of a form")
    return _fitting(files[0].read(PDF_BYTES)), files[0].filename or "assessment.yaml"


def _fitting(data: bytes) -> bytes:
    if len(data) > UPLOAD_BYTES and not data.startswith(b"%PDF-"):
        raise RequestEntityTooLarge
    if not data:
        raise NotValid("file", "the file is empty; send an assessment file, or a report PDF that carries one")
    return data


def given(value: Writes, status: int = 200, *, location: str | None = None, version: int | None = None) -> Response:
    """An answer of this value; ``location`` is the path below the API of what was made."""
    answer = Response(value.model_dump_json(), status, mimetype="application/json")
    if location is not None:
        answer.headers["Location"] = address(location)
    if version is not None:
        answer.headers["ETag"] = f'"{version}"'
    return answer


def given_file(data: bytes, media: str, name: str) -> Response:
    """An answer that is a file to keep."""
    answer = Response(data, mimetype=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def address(path: str) -> str:
    """The whole address of a path below the API."""
    return f"{request.host_url.rstrip('/')}{PREFIX}{path}"
