"""Run the steps on the connection that was handed in; Alembic calls this file by its path."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
