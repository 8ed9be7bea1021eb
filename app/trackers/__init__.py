"""How work leaves for somebody else's tracker: the only room here that speaks to a foreign server about actions."""
