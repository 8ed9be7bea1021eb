"""Files that travel inside the PDF, so that a report carries the data it was made from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final, Literal, TypeAlias

Relationship: TypeAlias = Literal["source", "data", "supplement", "alternative"]

_MEDIA_TYPES: Final = {".yaml": "application/yaml", ".yml": "application/yaml", ".json": "application/json"}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF. ``relationship`` is how PDF/A-3 says what it is to the report."""

    name: str
    data: bytes
    description: str = "Mythmark reads it back and makes this report again."
    relationship: Relationship = "source"

    @property
    def media_type(self) -> str:
        """The media type by the ending of the name; plain bytes where that says nothing."""
        return _MEDIA_TYPES.get(PurePath(self.name).suffix.lower(), "application/octet-stream")


def distinct(attachments: Sequence[Attachment]) -> Iterator[Attachment]:
    """The attachments with a number in each name that was given before: names inside a PDF are unique."""
    taken: set[str] = set()
    for attachment in attachments:
        path, name, number = PurePath(attachment.name), attachment.name, 2
        while name in taken:
            name = f"{path.stem}-{number}{path.suffix}"
            number += 1
        taken.add(name)
        yield replace(attachment, name=name)
