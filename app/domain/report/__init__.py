"""The report as one frozen value: every sentence, number, table and figure, ready to be drawn on any medium."""
