"""What is due and what is under way is found without looking at every card and every quarter."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes."""
    op.create_index("ix_cards_due", "cards", ["organization_id", "due"])
    op.create_index("ix_assessments_state", "assessments", ["organization_id", "state"])


def downgrade() -> None:
    """Drop the indexes."""
    op.drop_index("ix_assessments_state", "assessments")
    op.drop_index("ix_cards_due", "cards")
