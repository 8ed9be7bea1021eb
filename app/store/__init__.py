"""What is remembered: the only SQL. Rows, lookups, writes, the unit of work and the migrations.

    tables/        the rows, by theme; each ends in ``Row`` and leaves this room for the services only
    columns        the types they are made of
    unit_of_work   engines, reading and writing units: one transaction a request
    scope          the guard that refuses a query on a tenant's table without its organization
    lookups/       what is asked: rows, or NotFound
    record/        what is written where order, versions or repetition matter
    facts          rows into the value that is scored
    schema         migrations and the check that the schema is the program's
    copies         backup and restore
    errors         what this room refuses

Nothing here reads a clock: every time is handed in, aware and in UTC.
"""
