"""Run the steps on the connection that was handed in; called by Alembic, by the path of this file."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
