"""The example organization: what a newcomer sees first, and what the doctor tries."""

from app.services.report import Scored, make_result
from app.services.files import GivenFile
from app.services.shelf import SHELF, open_shelf

EXAMPLE = SHELF / "examples" / "example-organization.yaml"


def example() -> Scored:
    """The report of the example organization."""
    return make_result(GivenFile(EXAMPLE.name, EXAMPLE.read_bytes()), (), open_shelf(), lambda _: None)
