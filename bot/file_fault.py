"""What errors about a file or folder say: which one, what is wrong with it, what may help."""

from pathlib import Path


class FileFaultError(Exception):
    """Something is wrong with a file or folder; the message is ``path: what (hint)``.

    Attributes:
        path: The file or folder.
        what: What is wrong with it.
        hint: What may help.

    """

    def __init__(self, path: Path | str, what: str, hint: str) -> None:
        """Keep the facts as attributes."""
        super().__init__(f"{path}: {what} ({hint})")
        self.path = path
        self.what = what
        self.hint = hint
