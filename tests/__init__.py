"""The tests mirror the house."""
