"""How people see it: Flask and its rooms. A room never opens into another."""
