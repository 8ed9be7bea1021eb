"""How the best plan is found: a problem in, a proven optimum out. The only room that knows HiGHS."""
