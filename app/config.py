"""Settings from the environment: typed, frozen, and nonsense is refused in one clear line."""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "MYTHMARK_"
#: Beside the checkout: the database, and the secret that signs.
DATA = Path(__file__).resolve().parents[1] / "data"


class BadSetting(Exception):
    """A setting that cannot be meant; the text names it and says what to write."""


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("is not the address of a site; write one such as https://mythmark.example.org")
    return value.rstrip("/")


def _database(value: str) -> str:
    if not value.startswith(("sqlite:", "postgresql:", "postgresql+psycopg:")):
        raise ValueError("names no database; write sqlite:///FILE or postgresql://USER@HOST/NAME")
    return value


def _networks(value: str) -> str:
    for part in filter(None, (p.strip() for p in value.split(","))):
        try:
            ip_network(part)
        except ValueError:
            raise ValueError(f"holds {part!r}; write addresses or networks with commas, such as 10.0.0.0/8") from None
    return value


def _secret(value: SecretStr) -> SecretStr:
    if len(value.get_secret_value()) < 32:
        raise ValueError("is too short to keep a secret; write at least 32 random characters")
    return value


def _mail(value: SecretStr) -> SecretStr:
    parts = urlsplit(value.get_secret_value())
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("names no mail server; write smtp://USER:PASSWORD@HOST:PORT")
    return value


class Settings(BaseSettings):
    """What can be set from outside. An empty variable is the same as none."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid", hide_input_in_errors=True
    )

    url: Annotated[str, AfterValidator(_web_address)] | None = Field(
        default=None, description="the address people reach it at"
    )
    secret_key: Annotated[SecretStr, AfterValidator(_secret)] | None = Field(default=None, description="signs sessions")
    trusted_proxies: Annotated[str, AfterValidator(_networks)] = Field(
        default="", description="whose X-Forwarded-* count"
    )
    data: Path = Field(default=DATA, description="the folder of the embedded database and the secret")
    metrics: bool = Field(default=False, description="serve /metrics")
    styleguide: bool = Field(default=False, description="serve /styleguide, every part of the pages on one page")
    mail: Annotated[SecretStr, AfterValidator(_mail)] | None = Field(
        default=None, description="the mail server, smtp://USER:PASSWORD@HOST:PORT"
    )
    mail_from: str = Field(default="mythmark@localhost", description="who letters are from")
    oidc_issuer: Annotated[str, AfterValidator(_web_address)] | None = Field(
        default=None, description="single sign-on: the address of the OpenID Connect provider"
    )
    oidc_client_id: str | None = Field(default=None, description="single sign-on: our name there")
    oidc_client_secret: SecretStr | None = Field(default=None, description="single sign-on: our secret there")
    oidc_name: str = Field(default="Single sign-on", description="single sign-on: what its button says")
    database_url: Annotated[str, AfterValidator(_database)] | None = Field(
        default=None, validation_alias="DATABASE_URL", description="another database than the embedded one"
    )

    @property
    def database(self) -> str:
        """The address of the database: the one that is set, or the embedded one in the data folder."""
        return self.database_url or f"sqlite:///{self.data.absolute() / 'mythmark.db'}"

    def listed(self) -> tuple[tuple[str, str], ...]:
        """Every setting by the name of its variable, with its value; secrets and passwords are not shown."""
        return tuple((variable(name), _shown(getattr(self, name))) for name in type(self).model_fields)


def variable(field: str) -> str:
    """The environment variable of a setting."""
    return str(Settings.model_fields[field].validation_alias or PREFIX + field.upper())


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment (the mapping only names the variables); raises BadSetting."""
    names = os.environ if environment is None else environment
    known = sorted(variable(field) for field in Settings.model_fields)
    for name in sorted(names):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = get_close_matches(name, known, 1)
            meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
            raise BadSetting(f"{name} is not a setting; {meant}")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        where = str(first["loc"][0])
        name = variable(where) if where in Settings.model_fields else where
        raise BadSetting(f"{name} {_said(first['type'], first['msg'])}") from None


def _said(kind: str, message: str) -> str:
    if kind.startswith("bool"):
        return "is neither yes nor no; write 1 or 0"
    return message.removeprefix("Value error, ")


def _shown(value: object) -> str:
    if value is None or value == "":
        return "not set"
    if isinstance(value, SecretStr):
        return "set"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    parts = urlsplit(text)
    return text.replace(f":{parts.password}@", ":***@") if parts.password else text
