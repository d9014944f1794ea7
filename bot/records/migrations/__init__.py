"""The steps from each version of the tables to the next; Alembic runs them when records are opened.

A step that was released is never changed; another one is added to ``versions``.
"""
