"""Addresses are built by what is compiled when it is needed."""

import pytest
from werkzeug.routing import Map, Rule

from app.web.routing import PatientRule
from tests.web.town import Town


def test_a_rule_compiles_nothing_before_an_address_is_asked_for_and_then_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[bool] = []
    real = Rule._compile_builder

    def watched(rule: Rule, append_unknown: bool = True) -> object:  # noqa: FBT001, FBT002 - as Werkzeug has it
        compiled.append(append_unknown)
        return real(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", watched)
    urls = Map([PatientRule("/teams/<team>/<int:page>", endpoint="team", defaults={"page": 1})]).bind("localhost")
    assert compiled == []
    assert [urls.build("team", {"team": name}) for name in ("a b", "ü")] == ["/teams/a%20b/1", "/teams/%C3%BC/1"]
    assert urls.build("team", {"team": "a", "x": "y z"}) == "/teams/a/1?x=y+z"
    assert len(compiled) <= 2


def test_every_rule_of_the_application_waits(town: Town) -> None:
    assert {type(rule) for rule in town.app.url_map.iter_rules()} == {PatientRule}
