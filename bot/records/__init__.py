"""What must be remembered on disk, and nothing more: votes, and questions that the articles do not answer."""

import logging

# Alembic says at INFO what it does, beginning when it is imported: nobody who runs a bot wants to know.
logging.getLogger("alembic").setLevel(logging.WARNING)
