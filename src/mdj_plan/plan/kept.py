"""Validated plans, kept in the user's cache folder so that a run need not validate an unchanged plan again.

What is kept is named by the bytes of the plan file, its path, and the program that validated it; and it says of which
quota table. Nothing depends on it: where it is absent, stale, damaged or cannot be written, the plan is validated anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from mdj_plan import __version__

if TYPE_CHECKING:
    from mdj_plan.plan.model import Plan

_SETTLED = 2
"""Seconds after which a file that was written is taken to be whole."""


def recall(path: Path) -> Plan | None:
    """The plan as validated before from the very same files, None where it was not. Raises OSError as `open` does."""
    data = path.read_bytes()
    try:
        entry = _entry(path.resolve(), data)
        digest, plan = pickle.loads(entry.read_bytes())  # noqa: S301 - the user's own cache folder, as for .pyc files
        current: bool = digest == _digest(plan.quotas)
    except Exception:  # noqa: BLE001 - whatever is wrong with a kept plan, validating it anew is the answer
        return None
    return plan if current else None


def keep(plan: Plan) -> None:
    """Keep a validated plan, complete or not at all; none whose files may have changed while they were validated."""
    with contextlib.suppress(OSError, RuntimeError):  # no cache, or no home for one, is no reason not to work
        files = [plan.path] if plan.quotas is None else [plan.path, plan.quotas]
        if max(file.stat().st_mtime for file in files) > time.time() - _SETTLED:
            return
        entry = _entry(plan.path, plan.path.read_bytes())
        entry.parent.mkdir(parents=True, exist_ok=True)
        import tempfile

        handle, name = tempfile.mkstemp(dir=entry.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(pickle.dumps((_digest(plan.quotas), plan)))
        Path(name).replace(entry)


def _entry(path: Path, data: bytes) -> Path:
    """Where the plan is kept. A changed program validates anew: its version, and when its rules were last written."""
    here = Path(__file__).parent
    files = sorted((*here.glob("*.py"), *here.parent.glob("*.py")))  # validation leans on fields, names and periods too
    rules = [(file.name, file.stat().st_mtime_ns) for file in files]
    told = repr((__version__, sys.version_info, rules, str(path), data))
    return _folder() / f"{hashlib.sha256(told.encode()).hexdigest()}.plan"


def _digest(quotas: Path | None) -> str | None:
    return None if quotas is None else hashlib.sha256(quotas.read_bytes()).hexdigest()


def _folder() -> Path:
    """The user's folder for what programs may lose. A library for these three lines costs 20 ms of every start."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "mdj-plan" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "mdj-plan"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mdj-plan"
