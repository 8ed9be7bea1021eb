"""Between assessments: tags of teams, summaries of teams, calendar feeds, reminders that went out."""

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)
_MOMENT = sa.DateTime(timezone=True)
_TEAMS = sa.table("teams", sa.column("id"), sa.column("organization_id"), sa.column("tags", _JSON))
_TAGS = sa.table("team_tags", sa.column("team_id"), sa.column("organization_id"), sa.column("tag"))


def _reference(table: str, column: str, target: str, rule: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=rule)


def upgrade() -> None:
    """Make the tables; tags move out of the team's row into their own."""
    _make_team_tables()
    op.add_column("cards", sa.Column("kind", sa.String(5), nullable=False, server_default="build"))
    op.create_index("ix_cards_shared", "cards", ["organization_id", "step", "team_id", "state", "pinned"])
    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(40), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        _reference("calendar_feeds", "organization_id", "organizations.id"),
        _reference("calendar_feeds", "team_id", "teams.id"),
        _reference("calendar_feeds", "created_by", "users.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("public_id", name=op.f("uq_calendar_feeds_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feeds_token_hash")),
    )
    op.create_index(op.f("ix_calendar_feeds_organization_id"), "calendar_feeds", ["organization_id"])
    op.create_index(op.f("ix_calendar_feeds_team_id"), "calendar_feeds", ["team_id"])
    op.create_table(
        "reminders",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("target", sa.String(80), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", _MOMENT, nullable=False),
        _reference("reminders", "user_id", "users.id"),
        _reference("reminders", "organization_id", "organizations.id"),
        sa.PrimaryKeyConstraint("user_id", "kind", "target", "due", name=op.f("pk_reminders")),
    )
    op.create_index("ix_reminders_organization_sent", "reminders", ["organization_id", "sent_at"])


def _make_team_tables() -> None:
    op.create_table(
        "team_tags",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(80), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        _reference("team_tags", "team_id", "teams.id"),
        _reference("team_tags", "organization_id", "organizations.id"),
        sa.PrimaryKeyConstraint("team_id", "tag", name=op.f("pk_team_tags")),
    )
    op.create_index("ix_team_tags_organization_tag", "team_tags", ["organization_id", "tag"])
    rows = [
        {"team_id": team, "organization_id": organization, "tag": tag}
        for team, organization, tags in op.get_bind().execute(sa.select(_TEAMS)).all()
        for tag in sorted({str(tag)[:80] for tag in _list(tags)})
    ]
    if rows:
        op.bulk_insert(_TAGS, rows)
    op.drop_column("teams", "tags")
    op.create_table(
        "team_summaries",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("settled_digest", sa.String(64), nullable=False),
        sa.Column("program_version", sa.String(40), nullable=False),
        sa.Column("content", _JSON, nullable=False),
        sa.Column("trend", _JSON, nullable=False),
        _reference("team_summaries", "team_id", "teams.id"),
        _reference("team_summaries", "organization_id", "organizations.id"),
        _reference("team_summaries", "assessment_id", "assessments.id"),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_team_summaries")),
    )
    op.create_index(op.f("ix_team_summaries_organization_id"), "team_summaries", ["organization_id"])
    op.create_index(op.f("ix_team_summaries_assessment_id"), "team_summaries", ["assessment_id"])


def downgrade() -> None:
    """Drop the tables; tags go back into the team's row."""
    op.drop_index("ix_cards_shared", "cards")
    op.drop_column("cards", "kind")
    op.add_column("teams", sa.Column("tags", _JSON, nullable=False, server_default="[]"))
    kept: dict[int, list[str]] = {}
    for team, tag in op.get_bind().execute(sa.select(_TAGS.c.team_id, _TAGS.c.tag).order_by("team_id", "tag")).all():
        kept.setdefault(team, []).append(tag)
    for team, tags in kept.items():
        op.execute(sa.update(_TEAMS).where(_TEAMS.c.id == team).values(tags=tags))
    for table in ("reminders", "calendar_feeds", "team_summaries", "team_tags"):
        op.drop_table(table)


def _list(tags: object) -> list[object]:
    found = json.loads(tags) if isinstance(tags, str) else tags
    return found if isinstance(found, list) else []
