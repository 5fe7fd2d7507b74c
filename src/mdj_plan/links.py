"""Where a path leads: links may point anywhere, also at themselves."""

from __future__ import annotations

import os
from pathlib import Path


def real(path: Path) -> Path:
    """The path with its links followed, as far as they lead: a loop is left as it is, `Path.resolve` would raise."""
    return Path(os.path.realpath(path))
