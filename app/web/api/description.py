"""The description of the API (OpenAPI 3.1), made from the routes, their models and what each says of itself.

spectree walks the routes and writes the models; what it cannot know (files, refusals, versions, keys) is added here.
Nothing of it stands between a request and its view.
"""

from collections.abc import Iterator
from typing import Any

from flask import Response, current_app, json
from spectree import Response as Answers
from spectree import SpecTree
from spectree.plugins.flask_plugin import FlaskPlugin
from werkzeug.routing import Rule

from app import __version__
from app.formats.api_given import ProblemDocument
from app.formats.results import RESULT_SCHEMA
from app.services.rooms.entering import LEAST_KEY, MOST_KEY
from app.web.access import Access, Role, allow
from app.web.api.once import HEADER
from app.web.api.room import PREFIX, RESULT, Content, Described, Heading, blueprint, describe

_EXTENSION = "mythmark_api"
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_SKIPPED = frozenset({"HEAD", "OPTIONS"})
_REFUSALS = {
    400: "It could not be read.",
    401: "Nobody is signed in, or the token is not good.",
    403: "The role is too small.",
    404: "There is no such thing, or it belongs to another organization.",
    409: "It does not fit the state of things; nothing was changed.",
    412: "The version is not the one any more; `present` is what is there now.",
    413: "It is too large.",
    415: "The body is not of a type that is taken here.",
    422: "Something is not valid; `errors` says what, and where.",
    429: "Too many wrong codes from this address; try again later.",
    503: "Too much at once; try again later.",
}
_PARAMETERS = {
    "IdempotencyKey": {
        "name": HEADER,
        "in": "header",
        "required": False,
        "description": "The same request under the same key is done once; another one under it is refused with 422.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[ -~]+$"},
    },
    "DeviceKey": {
        "name": HEADER,
        "in": "header",
        "required": False,
        "description": "Made on the device, random and secret. The same key gives the same seat and token.",
        "schema": {"type": "string", "minLength": LEAST_KEY, "maxLength": MOST_KEY, "pattern": "^[ -~]+$"},
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "required": False,
        "description": "The version (as in the ETag) that the change was made from; without it the change wins.",
        "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
    },
}
_SECURITY = {
    "seat": {
        "type": "http",
        "scheme": "bearer",
        "description": "A participant's token, from joining a room; good for this room only.",
    },
    "token": {"type": "http", "scheme": "bearer", "description": "Made on the profile page, or by the operator."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "mythmark",
        "description": "The browser's, on our own pages.",
    },
}
_PEOPLE = ("token", "session")


@blueprint.get("/openapi.json")
@allow(Role.ANYONE)
@describe(Described(Heading.ABOUT, {200: "application/json"}))
def openapi() -> Response:
    """Give this description."""
    if _EXTENSION not in current_app.extensions:
        current_app.extensions[_EXTENSION] = json.dumps(description())
    return Response(current_app.extensions[_EXTENSION], mimetype="application/json")


def described_rules() -> Iterator[tuple[Rule, Described, Access]]:
    """Every route of the API, with what its view says of itself and who may use it; raises AttributeError."""
    for rule in current_app.url_map.iter_rules():
        if rule.rule.startswith(f"{PREFIX}/"):
            view: Any = current_app.view_functions[rule.endpoint]
            yield rule, view.described, view.access


def description() -> dict[str, Any]:
    """The OpenAPI document of the application that answers."""
    tree = SpecTree(
        backend=_Routes,
        mode="strict",
        annotations=False,
        title="Mythmark",
        version=__version__,
        description="Assessments, answers, results and boards. See docs/api.md for a first walk through.",
        validation_error_model=ProblemDocument,
        naming_strategy=lambda model: model.__name__,
        nested_naming_strategy=lambda _, child: child,
    )
    made: dict[str, Any] = tree.spec
    for rule, described, access in described_rules():
        path = rule.rule.replace("<", "{").replace(">", "}")
        for method in sorted((rule.methods or set()) - _SKIPPED):
            _finish(made["paths"][path][method.lower()], method, described, access)
    components = made["components"]
    components["schemas"][RESULT] = _result_schema()
    for _, described, _ in described_rules():  # these are listed one by one as parameters
        if described.query is not None:
            components["schemas"].pop(described.query.__name__, None)
    components["schemas"] = dict(sorted(components["schemas"].items()))
    components["parameters"] = _PARAMETERS
    components["securitySchemes"] = _SECURITY
    made["tags"] = [{"name": str(heading)} for heading in Heading]
    made["paths"] = dict(sorted(made["paths"].items()))
    made["security"] = [{name: []} for name in _PEOPLE]
    return made


class _Routes(FlaskPlugin):
    """The routes of the API, each under a stand-in for its view that only carries what spectree wants to know."""

    def find_routes(self) -> Iterator[Rule]:
        """Every described route."""
        return (rule for rule, _, _ in described_rules())

    def parse_func(self, route: Rule) -> Iterator[tuple[str, Any]]:
        """The stand-in, for each method."""
        view: Any = current_app.view_functions[route.endpoint]
        described: Described = view.described
        stand_in = self.spectree.validate(
            json=described.takes if isinstance(described.takes, type) else None,
            query=described.query,
            resp=_Given(described, view.access),
            tags=(str(described.heading),),
            operation_id=route.endpoint.rpartition(".")[2],
            skip_validation=True,
        )(view)
        for method in sorted((route.methods or set()) - _SKIPPED):
            yield method, stand_in


class _Given(Answers):
    """The answers of one endpoint, each with its own media type."""

    def __init__(self, described: Described, access: Access) -> None:
        models = {f"HTTP_{status}": what for status, what in described.gives.items() if isinstance(what, type)}
        super().__init__(**models)
        self._described = described
        self._access = access

    def generate_spec(self, naming_strategy: Any = None) -> dict[str, Any]:  # noqa: ANN401, ARG002 - as spectree has it
        """Every answer by its status, refusals included."""
        answers: dict[str, Any] = {}
        for status, what in self._described.gives.items():
            answers[str(status)] = {"description": "Done."} | _content(what) | _headers(status, self._described)
        for status in refusals(self._described, self._access):
            problem = {"application/problem+json": {"schema": _ref(ProblemDocument.__name__)}}
            answers[str(status)] = {"description": _REFUSALS[status], "content": problem}
        return answers


def refusals(described: Described, access: Access) -> tuple[int, ...]:
    """The statuses with which an endpoint may refuse."""
    found = set() if access.open else {401, 403, 404, 422, 503}
    if described.by is not None:
        found = {404, 422, 429, 503} | ({401, 403} if described.by else set())
    if described.takes is not None:
        found |= {400, 409, 413, 415}
    if described.moment:
        found.add(409)
    if described.versioned:
        found.add(412)
    return tuple(sorted(found))


def _finish(operation: dict[str, Any], method: str, described: Described, access: Access) -> None:
    parameters: list[dict[str, Any]] = operation["parameters"]
    if method in _WRITES and not described.by:
        key = "IdempotencyKey" if described.by is None else "DeviceKey"
        parameters.append({"$ref": f"#/components/parameters/{key}"})
    if described.versioned:
        parameters.append({"$ref": "#/components/parameters/IfMatch"})
    if isinstance(described.takes, tuple):
        operation["requestBody"] = {"required": True, "content": {kind: _file(kind) for kind in described.takes}}
    if access.open:
        operation["security"] = [{name: []} for name in described.by or ()]


def _file(kind: str) -> dict[str, Any]:
    binary: dict[str, Any] = {"type": "string", "format": "binary"}
    if kind != "multipart/form-data":
        return {} if kind == "application/json" else {"schema": binary}
    form = {"type": "object", "properties": {"file": binary}, "required": ["file"], "additionalProperties": False}
    return {"schema": form}


def _content(what: Content) -> dict[str, Any]:
    if what is None:
        return {}
    if isinstance(what, type):
        return {"content": {"application/json": {"schema": _ref(what.__name__)}}}
    if what == RESULT:
        return {"content": {"application/json": {"schema": _ref(RESULT)}}}
    return {"content": {what: {}}}


def _headers(status: int, described: Described) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if status == 201:
        headers["Location"] = {"description": "Where it is.", "required": True, "schema": {"type": "string"}}
    if described.versioned:
        headers["ETag"] = {"description": "Its version.", "schema": {"type": "string"}}
    return {"headers": headers} if headers else {}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _result_schema() -> Any:  # noqa: ANN401 - a JSON Schema
    """The schema of the result file, its own references led to where it stands here."""
    text = json.dumps({k: v for k, v in RESULT_SCHEMA.items() if k != "$schema"})
    return json.loads(text.replace('"#/$defs/', f'"#/components/schemas/{RESULT}/$defs/'))
