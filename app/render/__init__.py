"""How it is drawn: charts, PDF and HTML."""
