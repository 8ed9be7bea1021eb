"""The description, and whether the API keeps to it whatever it allows."""

import json
import re
from collections import Counter
from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.web.api import results
from tests.web.api.conftest import PREFIX, NotAsDescribed, Village, compare, described

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
#: What is put into addresses: mostly something that is there, so that more than 404 is seen.
PARAMETERS = {
    "slug": "example",
    "team_id": "team",
    "assessment_id": "opened",
    "action_id": "action",
    "question": "mon-drift",
    "belief": "b01",
    "code": "room",
    "voting": "1",
}
#: Streams have no end that could be waited for.
ENDLESS = f"{PREFIX}/rooms/{{code}}/events"


def test_the_description_is_openapi_3_1_and_open_to_all(quiet: Village) -> None:
    answer = quiet.program().get("/openapi.json")
    assert answer.status_code == 200
    assert answer.json["openapi"].startswith("3.1")
    for name, schema in answer.json["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema.get("description"), name


def test_every_reference_leads_somewhere(quiet: Village) -> None:
    whole = described(quiet.town.app)
    references = set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(whole)))
    assert references
    for reference in references:
        node = whole
        for part in reference.split("/"):
            node = node[part]


def test_every_route_is_described_with_its_refusals(quiet: Village) -> None:
    paths = described(quiet.town.app)["paths"]
    rules = {
        re.sub(r"<([^>]+)>", r"{\1}", rule.rule)
        for rule in quiet.town.app.url_map.iter_rules()
        if rule.rule.startswith(f"{PREFIX}/")
    }
    assert set(paths) == rules
    names = [operation["operationId"] for methods in paths.values() for operation in methods.values()]
    assert len(set(names)) == len(names)
    for path, methods in paths.items():
        for operation in methods.values():
            assert operation["summary"].endswith("."), path
            if operation.get("security") != []:
                assert {"401", "403", "404"} <= set(operation["responses"])


def test_an_answer_outside_of_the_description_is_noticed(quiet: Village) -> None:
    answer = quiet.program("vera").get(quiet.closed)
    whole = json.loads(json.dumps(described(quiet.town.app)))
    responses = whole["paths"][f"{PREFIX}/assessments/{{assessment_id}}"]["get"]["responses"]
    responses["200"]["content"]["application/json"]["schema"] = {"required": ["votes"]}
    with pytest.raises(jsonschema.ValidationError):
        compare(whole, "GET", answer)
    del responses["200"]
    with pytest.raises(NotAsDescribed):
        compare(whole, "GET", answer)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 20, 300])
def test_no_input_leads_out_of_the_description(village: Village, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "report_now", lambda *_: b"drawn")  # the charts are not what is asked here
    schema = schemathesis.openapi.from_wsgi(f"{PREFIX}/openapi.json", village.town.app)
    token, seat = village.program("olive").token, village.seat().token
    there = {name: village.ids.get(value, value) for name, value in PARAMETERS.items()}
    seen: Counter[int] = Counter()
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.path == ENDLESS:
            continue
        cases = st.one_of([operation.as_strategy(generation_mode=mode) for mode in GenerationMode])

        @seeded(seed)
        @settings(max_examples=7, database=None, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=cases, own=st.sampled_from((True, True, True, False)))
        def ask(case: Case[Any], *, own: bool) -> None:
            if own:
                case.path_parameters = {name: there[name] for name in case.path_parameters or {}}
            mine = seat if case.operation.path.startswith(f"{PREFIX}/rooms/") else token
            answer = case.call_and_validate(headers={"Authorization": f"Bearer {mine}"}, checks=CHECKS)
            seen[answer.status_code] += 1

        ask()
    # Which writes get through depends on what was closed before them; that some do, and each kind of refusal, does not.
    assert {200, 404, 409, 422} <= set(seen), seen
    assert {201, 204} & set(seen), seen
