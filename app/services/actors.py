"""Who does something."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person; whether they may was decided before. ``user_id`` None: the program or its operator."""

    user_id: int | None
    name: str


#: The command line, and what the program does by itself.
OPERATOR = Actor(None, "operator")
