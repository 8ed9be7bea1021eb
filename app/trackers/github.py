"""Makes issues on GitHub, one request each; the token is used and never kept."""

import re
from dataclasses import dataclass, field

import requests

from app.domain.errors import MythmarkError

ADDRESS = "https://api.github.com"
_SECONDS = 10
_REPOSITORY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/[A-Za-z0-9._-]{1,100}")
_CREATED = 201
_SAID = {
    401: "GitHub does not know this token; make a new one with the right to write issues",
    403: "GitHub does not let this token write issues there, or it was asked too often; try again in a minute",
    404: "GitHub knows no such repository for this token; write it as owner/name and let the token see it",
    410: "issues are switched off in this repository; switch them on in its settings",
    422: "GitHub did not accept the issue",
    429: "GitHub was asked too often; try again in a minute",
}


class TrackerRefused(MythmarkError):
    """The tracker did not take it; the text says why and what to do, and never holds the token."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What an issue says. ``body`` is Markdown."""

    title: str
    body: str
    labels: tuple[str, ...] = ("mythmark",)


@dataclass(frozen=True, slots=True)
class GitHub:
    """One repository, such as ``octo-org/models``, with a token that may write its issues."""

    repository: str
    token: str = field(repr=False)
    address: str = ADDRESS

    def __post_init__(self) -> None:
        """Raise TrackerRefused for what cannot be a repository or a token."""
        if not _REPOSITORY.fullmatch(self.repository) or ".." in self.repository:
            raise TrackerRefused("name the repository as owner/name, such as octo-org/models")
        if not self.token or not self.token.isascii() or not self.token.isprintable() or " " in self.token:
            raise TrackerRefused("this is not a token of GitHub; copy it again, without spaces")

    def make_issue(self, issue: Issue) -> str:
        """Make an issue; its address in the web. Raises TrackerRefused."""
        try:
            answer = requests.post(
                f"{self.address}/repos/{self.repository}/issues",
                json={"title": issue.title[:256], "body": issue.body[:60_000], "labels": list(issue.labels)},
                headers={
                    "Accept": "application/vnd.github+json",
                    "Authorization": f"Bearer {self.token}",
                    "X-GitHub-Api-Version": "2022-11-28",
                    "User-Agent": "mythmark",
                },
                timeout=_SECONDS,
                allow_redirects=False,  # a token goes to nobody else
            )
        except requests.RequestException as error:
            raise TrackerRefused("GitHub cannot be reached from this server; try again later") from error
        if answer.status_code != _CREATED:
            raise TrackerRefused(
                _SAID.get(answer.status_code, f"GitHub answered {answer.status_code}; try again later")
            )
        return _address(answer)


def _address(answer: requests.Response) -> str:
    try:
        found = answer.json()["html_url"]
    except (ValueError, KeyError, TypeError):
        found = None
    if not isinstance(found, str) or not found.startswith(("https://", "http://")) or len(found) > 2000:
        raise TrackerRefused("GitHub answered in a way that is not understood; look whether the issue is there")
    return found
