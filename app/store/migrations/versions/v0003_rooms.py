"""Rooms: what their moves need, further devices of participants, and teams that only rehearse."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: What hangs on an assessment. SQLite migrates without foreign keys, so nothing goes by itself.
_OF_ASSESSMENTS = (
    "votes", "belief_answers", "participants", "votings", "agreed", "evidence", "hands", "reported_actions", "bets",
    "reports", "plans", "rooms",
)  # fmt: skip
_JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Add the columns and the table. Nothing is made anew, so the triggers stay."""
    op.add_column("rooms", sa.Column("beforehand", _JSON, nullable=False, server_default="{}"))
    op.add_column("rooms", sa.Column("not_agreed", _JSON, nullable=False, server_default="[]"))
    op.add_column("rooms", sa.Column("expected", _JSON, nullable=False, server_default="{}"))
    op.add_column("rooms", sa.Column("undoable", _JSON, nullable=True))
    op.add_column("rooms", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("votings", sa.Column("shown", sa.String(length=10), nullable=True))
    op.add_column("teams", sa.Column("rehearsal", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "devices",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.BigInteger(), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_devices_organization_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_devices_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_devices_link_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_devices_token_hash")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_devices_participant_id"), "devices", ["participant_id"], unique=False)


def downgrade() -> None:
    """Drop them; what was rehearsed goes, since an older program would count it."""
    op.drop_table("devices")
    rehearsed = "SELECT id FROM assessments WHERE team_id IN (SELECT id FROM teams WHERE rehearsal)"
    for table in _OF_ASSESSMENTS:
        op.execute(f"DELETE FROM {table} WHERE assessment_id IN ({rehearsed})")  # noqa: S608 - written above
    op.execute("DELETE FROM assessments WHERE team_id IN (SELECT id FROM teams WHERE rehearsal)")
    op.execute("DELETE FROM cards WHERE team_id IN (SELECT id FROM teams WHERE rehearsal)")
    op.execute("DELETE FROM membership_teams WHERE team_id IN (SELECT id FROM teams WHERE rehearsal)")
    op.execute("DELETE FROM teams WHERE rehearsal")
    op.drop_column("teams", "rehearsal")
    op.drop_column("votings", "shown")
    for column in ("asked_at", "undoable", "expected", "not_agreed", "beforehand"):
        op.drop_column("rooms", column)
