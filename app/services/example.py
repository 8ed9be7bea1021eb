"""The example organization: what a newcomer sees first, and what the doctor tries."""

from functools import cache

from app.formats.shelf import SHIPPED
from app.services.files import GivenFile
from app.services.report import Scored, make_result
from app.services.shelf import open_shelf

EXAMPLE = SHIPPED / "examples" / "example-organization.yaml"


@cache
def example() -> Scored:
    """The report of the example organization."""
    return make_result(GivenFile(EXAMPLE.name, EXAMPLE.read_bytes()), (), open_shelf(), lambda _: None)
