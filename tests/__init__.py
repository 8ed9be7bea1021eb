"""The tests mirror the house; each name is a claim."""
