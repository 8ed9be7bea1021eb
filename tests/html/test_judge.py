"""html-validate is there, lets a good page pass, and bites on each kind of bad one."""

import pytest

from tests.html.judge import LOCK, NotInstalled, can_judge, invalid, newly_invalid

GOOD = """<!DOCTYPE html>
<html lang="en"><head><title>Team</title></head><body><main><h1>Team</h1>
<form method="post" action="/theme"><label for="a">Name <input type="text" id="a" name="a"></label>
<button type="submit">Save</button></form></main></body></html>"""


@pytest.mark.html
def test_a_valid_page_passes() -> None:
    assert invalid(GOOD) == []


@pytest.mark.html
@pytest.mark.parametrize(
    ("good", "bad", "rule"),
    [
        ("<h1>Team</h1>", "<p><div>Team</div></p>", "no-implicit-close"),
        ("<h1>Team</h1>", "<ul><p>Team</p></ul>", "element-permitted-content"),
        ("<h1>Team</h1>", "<centre>Team</centre>", "no-unknown-elements"),
        ("<h1>", '<h1 align="left">', "no-deprecated-attr"),
        ("<h1>", '<h1 id="a">', "no-dup-id"),
        ("<h1>", '<h1 role="widget">', "no-abstract-role"),
        ('type="text"', 'type="rubbish"', "attribute-allowed-values"),
        ('id="a"', 'id="a" autocomplete="rubbish"', "valid-autocomplete"),
        ("</form>", "", "close-order"),
        ("</main>", "</main><nav></nav><nav></nav>", "unique-landmark"),
    ],
)
def test_each_kind_of_invalid_page_is_named(good: str, bad: str, rule: str) -> None:
    assert good in GOOD
    assert rule in "\n".join(invalid(GOOD.replace(good, bad, 1)))


@pytest.mark.html
def test_a_bad_page_is_told_again_and_a_good_one_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = GOOD.replace("<h1>", '<h1 hidden class="once">'), GOOD.replace("<h1>", '<h1 align="left">')
    assert newly_invalid(good) == []
    assert newly_invalid(bad) == newly_invalid(bad) != []
    monkeypatch.setattr("tests.html.judge.invalid", lambda _source: ["judged"])
    assert newly_invalid(good.replace("Team", "Other")) == []
    assert newly_invalid(good.replace("<main>", '<main role="rubbish">')) == ["judged"]


def test_a_machine_that_cannot_judge_fails_in_ci_and_only_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.html.judge.shutil.which", lambda _name: None)
    monkeypatch.setenv("CI", "")
    assert not can_judge.__wrapped__()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(NotInstalled, match="make test"):
        can_judge.__wrapped__()


def test_the_lock_pins_every_package_by_its_hash_and_names_no_address() -> None:
    packages = {name: found for name, found in LOCK["packages"].items() if name}
    assert len(packages) > 20
    assert [name for name, found in packages.items() if not found["integrity"].startswith("sha512-")] == []
    assert [name for name, found in packages.items() if "resolved" in found] == []
