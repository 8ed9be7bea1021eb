"""What never changes is held by the database itself: closed assessments, published packs, the audit log."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: The facts of an assessment. Removing them stays possible: raw votes are purged some time after closing.
_FACTS = ("votes", "belief_answers", "votings", "agreed", "evidence", "hands", "reported_actions", "bets")
_FINAL = "('closed', 'voided')"
_NOT_AGAIN = (
    "organization_id", "team_id", "pack_id", "quarter", "variant", "anonymity", "purpose", "date", "target",
    "scope", "context", "target_levels", "closed_at", "settled", "settled_digest",
)  # fmt: skip
_PACK = ("pack", "version", "digest", "content", "published_at")


def upgrade() -> None:
    """Make the triggers."""
    for name, table, event, condition, says in _rules():
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
            )
        else:
            # Every part of these statements is written in this file.
            op.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; "
                "END IF; RETURN NEW; END $$"
            )
            op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    """Drop the triggers."""
    for name, table, *_ in _rules():
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")


def _rules() -> list[tuple[str, str, str, str, str]]:
    """Name, table, event, condition and refusal of each trigger."""
    distinct = "IS NOT" if op.get_bind().dialect.name == "sqlite" else "IS DISTINCT FROM"

    def changed(columns: tuple[str, ...]) -> str:
        return "(" + " OR ".join(f"OLD.{c} {distinct} NEW.{c}" for c in columns) + ")"

    final = f"(SELECT state FROM assessments WHERE id = NEW.assessment_id) IN {_FINAL}"  # noqa: S608
    frozen = [
        (f"frozen_{table}_{event.lower()}", table, event, final, "a closed assessment never changes")
        for table in _FACTS
        for event in ("INSERT", "UPDATE")
    ]
    back = f"NEW.state NOT IN {_FINAL} OR (OLD.state = 'voided' AND NEW.state = 'closed')"
    return [
        *frozen,
        (
            "frozen_assessments",
            "assessments",
            "UPDATE",
            f"OLD.state IN {_FINAL} AND ({back} OR {changed(_NOT_AGAIN)})",
            "a closed assessment never changes",
        ),
        (
            "frozen_packs",
            "packs",
            "UPDATE",
            f"OLD.published_at IS NOT NULL AND {changed(_PACK)}",
            "a published questionnaire never changes",
        ),
        ("frozen_audit_log", "audit_log", "UPDATE", "OLD.id IS NOT NULL", "the audit log is only added to"),
    ]
