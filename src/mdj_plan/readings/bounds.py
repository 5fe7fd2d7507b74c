"""How much one file may ask of its reader: seconds and memory, by its size."""

from __future__ import annotations

from mdj_plan.records import NamedTuple

MEGABYTE = 2**20


class Bounds(NamedTuple):
    """`seconds` of the processor and `memory` in bytes beyond what the reader takes without a file.

    `wall` are seconds by the clock, after which it hangs: a busy machine gives a reader a third of its time.
    """

    seconds: int
    memory: int

    @property
    def wall(self) -> float:
        """Seconds by the clock."""
        return 30 + 3 * self.seconds


def bounds_of(size: int) -> Bounds:
    """The bounds of a file of so many bytes. What is read in 8 seconds takes a hundredth of that as a rule."""
    megabytes = size / MEGABYTE
    return Bounds(min(60, int(8 + 8 * megabytes)), min(1024 * MEGABYTE, int((384 + 48 * megabytes) * MEGABYTE)))
