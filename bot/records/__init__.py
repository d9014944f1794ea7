"""What must be remembered on disk, and nothing more: votes, and unanswered questions."""

import logging

# Alembic says at INFO what it does, beginning when it is imported: nobody who runs a bot wants to
# know.
logging.getLogger("alembic").setLevel(logging.WARNING)
