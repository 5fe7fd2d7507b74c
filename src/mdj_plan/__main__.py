"""Entry point: runs a command and turns what went wrong into a clear line and an exit code (contract 3)."""

from __future__ import annotations

import contextlib
import gc
import os
import sys


def main() -> None:
    """Run the command line. 0 fine, 1 findings, 2 cannot start, 70 a defect of ours, 130 interrupted."""
    # A run makes millions of small records that form no circles: looking for some, again and again, would cost more
    # than reading them.
    gc.disable()
    try:
        from mdj_plan.cli.streams import settle

        settle()
        from mdj_plan.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before a command began
        from mdj_plan.cli.words import interrupted, language_of

        print(interrupted(language_of(sys.argv[1:])), file=sys.stderr)
        code = 130
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # told before, where it matters
            stream.flush()
    os._exit(code)  # to take millions of records apart, only to end, would cost a tenth of the run


if __name__ == "__main__":
    main()
