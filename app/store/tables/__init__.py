"""The rows, by theme. Importing this package makes the metadata complete."""

from app.store.columns import Row
from app.store.tables import access, answering, assessments, board, people, records, reminding, room, teams

__all__ = ["Row", "access", "answering", "assessments", "board", "people", "records", "reminding", "room", "teams"]
