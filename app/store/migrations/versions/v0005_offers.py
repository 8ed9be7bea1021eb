"""What a team offers to others is chosen, question by question, from one closed assessment."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)
_RULES = {
    "team_id": ("teams.id", "CASCADE"),
    "organization_id": ("organizations.id", "CASCADE"),
    "assessment_id": ("assessments.id", "CASCADE"),
    "offered_by": ("users.id", "SET NULL"),
}


def upgrade() -> None:
    """Make the table. A team that offered everything has to choose what: nobody can choose for it."""
    op.create_table(
        "offers",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("questions", _JSON, nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_by", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_offers_{name}"), ondelete=rule)
            for name, (target, rule) in _RULES.items()
        ),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_offers")),
    )
    op.create_index(op.f("ix_offers_organization_id"), "offers", ["organization_id"])
    op.create_index(op.f("ix_offers_assessment_id"), "offers", ["assessment_id"])
    op.drop_column("teams", "offers_answers")


def downgrade() -> None:
    """Drop the table; a team that offers something offers everything again."""
    op.add_column("teams", sa.Column("offers_answers", sa.Boolean(), nullable=False, server_default=sa.false()))
    teams = sa.table("teams", sa.column("id"), sa.column("offers_answers"))
    offers = sa.table("offers", sa.column("team_id"))
    op.execute(sa.update(teams).where(teams.c.id.in_(sa.select(offers.c.team_id))).values(offers_answers=sa.true()))
    op.drop_table("offers")
