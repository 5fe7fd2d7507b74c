"""The kept readings of one folder of returns, one entry of the shelf: each by the digest and the path of its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.kept.plain import understood, written

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNUSED = 64
"""How many readings stay that a run did not ask for: files that come and go under the same name."""


class Pack:
    """Readings by key. `fresh` says whether it holds what the shelf does not have yet."""

    def __init__(self, content: bytes | None = None) -> None:
        self._kept: dict[str, memoryview | bytes] = {}
        self._used: dict[str, memoryview | bytes] = {}
        self.fresh = False
        if content is not None:
            self._kept.update(_opened(content))

    def get(self, key: str) -> bytes | None:
        """A reading; None where it is not kept."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._used[key] = found
        return bytes(found)

    def put(self, key: str, reading: bytes) -> None:
        """Add a reading."""
        self._used[key] = reading
        self.fresh = True

    def written(self) -> bytes:
        """The pack as bytes: what was used, and some of what was not, the latest first."""
        unused = [key for key in self._kept if key not in self._used][:_UNUSED]
        kept = self._used | {key: self._kept[key] for key in unused}
        head = written([[key, len(reading)] for key, reading in kept.items()])
        return b"\n".join([head, b"".join(kept.values())])


def _opened(content: bytes) -> Iterator[tuple[str, memoryview]]:
    """The readings of a pack. Raises ValueError for what is none."""
    head, _, _ = content.partition(b"\n")
    at = len(head) + 1
    view = memoryview(content)
    for key, length in understood(head):
        yield str(key), view[at : at + length]
        at += length
    if at != len(content):
        raise ValueError("not a pack")
