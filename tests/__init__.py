"""Tests mirror the house: what app/ promises, tests/ tries to break."""
