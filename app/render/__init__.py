"""How it is drawn: charts, PDF and HTML; siblings never import each other."""
