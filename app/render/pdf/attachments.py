"""Files that travel inside the PDF, so that a report carries the data it was made from."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from app.render.files import Attachment


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
