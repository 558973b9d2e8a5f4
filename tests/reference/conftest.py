"""Let the tests of this folder import the builders: its own, and that of random programs."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
for folder in (HERE, HERE.parent / "equal"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
