"""Everything that goes wrong, done to the bot and to a plain one, and counted.

The loopback Discord that does it is in ``tests``; from here on it can be imported.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_TESTS = str(ROOT / "tests")
if _TESTS not in sys.path:
    sys.path.insert(0, _TESTS)
