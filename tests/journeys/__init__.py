"""Whole ways through the real server, as people and machines go them."""
