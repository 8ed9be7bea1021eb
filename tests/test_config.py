"""Settings are typed, and nonsense is refused in one line that says what to write."""

import pytest
from pydantic import ValidationError

from app.config import BadSetting, read_settings


def test_without_any_variable_there_are_settings() -> None:
    settings = read_settings()
    assert settings.url is None
    assert settings.metrics is False


def test_settings_are_read_and_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYTHMARK_URL", "https://mythmark.example.org/")
    monkeypatch.setenv("MYTHMARK_METRICS", "1")
    monkeypatch.setenv("DATABASE_URL", "postgresql://anna:word@db/mythmark")
    settings = read_settings()
    assert settings.url == "https://mythmark.example.org"
    assert settings.metrics is True
    assert settings.database_url == "postgresql://anna:word@db/mythmark"


def test_an_empty_variable_is_the_same_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    assert read_settings().database_url is None


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        read_settings().metrics = True


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("MYTHMARK_URL", "mythmark.example.org", "MYTHMARK_URL is not the address of a site; write one such as"),
        ("MYTHMARK_SECRET_KEY", "short", "MYTHMARK_SECRET_KEY is too short"),
        ("MYTHMARK_TRUSTED_PROXIES", "10.0.0.0/8, nowhere", "MYTHMARK_TRUSTED_PROXIES holds 'nowhere'"),
        ("MYTHMARK_METRICS", "perhaps", "MYTHMARK_METRICS is neither yes nor no; write 1 or 0"),
        ("DATABASE_URL", "oracle://x", "DATABASE_URL names no database"),
        ("MYTHMARK_SECRT_KEY", "x" * 40, "MYTHMARK_SECRT_KEY is not a setting; did you mean MYTHMARK_SECRET_KEY"),
        (
            "MYTHMARK_COLOUR_OF_THE_BIKE_SHED",
            "blue",
            "is not a setting; there are DATABASE_URL, MYTHMARK_DATA, MYTHMARK_MAIL",
        ),
    ],
)
def test_nonsense_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting) as refused:
        read_settings()
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_list_of_settings_shows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYTHMARK_SECRET_KEY", "q" * 40)
    monkeypatch.setenv("DATABASE_URL", "postgresql://anna:hidden-word@db/mythmark")
    listed = dict(read_settings().listed())
    assert listed["MYTHMARK_SECRET_KEY"] == "set"
    assert listed["DATABASE_URL"] == "postgresql://anna:***@db/mythmark"
    assert listed["MYTHMARK_URL"] == "not set"
