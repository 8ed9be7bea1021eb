"""How people see it: Flask and its rooms. A room never opens into another.

Shared by all rooms: ``page`` (one frozen value a page), ``access`` (who may), ``forms``, ``fragments`` (the two endings
of a write), ``errors`` and ``refusals`` (one table), ``formatting``, ``security``.
"""
