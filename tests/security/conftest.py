"""The town, for tests that attack it."""

from tests.web.town import stocked, town

__all__ = ["stocked", "town"]
