"""What a run meets that believed an entry of the shelf too soon."""

from __future__ import annotations


class Broken(Exception):  # noqa: N818 - it says what an entry is, not what went wrong with us
    """What was believed of an entry turns out to be none of ours, in the middle of a run: it is to be run without."""
