"""What is true: questionnaires, answers, scores, verdicts, plans as values. No I/O, no clock, no framework."""
