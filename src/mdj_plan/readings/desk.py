"""Where returns are read for a run: from what was kept of them, else by the readers of its crew.

The same submissions come out, whichever of them read.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Self

from mdj_plan.intake.handed import Handed, NotRead, Opened
from mdj_plan.kept.shelf import Shelf
from mdj_plan.plan.kept import bytes_of
from mdj_plan.readings.needs import needs_digest
from mdj_plan.readings.pack import Pack
from mdj_plan.readings.written import decode, encode
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mdj_plan.fields import Field
    from mdj_plan.intake.given import Given
    from mdj_plan.intake.reader import Reader
    from mdj_plan.intake.submission import Submission
    from mdj_plan.plan.model import Plan
    from mdj_plan.readings.crew import Answer, Crew

_TOGETHER, _SMALL = 32, 2**18
"""So many files, of so many bytes in all, are read together."""


class Desk:
    """Reads the returns of a plan. Use it in a with-statement: it ends its readers and tidies its shelf."""

    def __init__(
        self,
        plan: Plan,
        shelf: Shelf | None = None,
        *,
        progress: Callable[[int, int], None] | None = None,
        most: int | None = None,
    ) -> None:
        self._plan, self._progress, self._most = plan, progress, most
        self.shelf = Shelf.of_user() if shelf is None else shelf

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._asks:
            self._crew.__exit__()
        self.shelf.prune()

    def tell(self, done: int, total: int) -> None:
        """Show how far the work is, where somebody watches."""
        if self._progress is not None:
            self._progress(done, total)

    @property
    def alone(self) -> bool:
        """Whether something was read in this very process, because no other could be started."""
        return self._asks and self._crew.alone

    @property
    def _asks(self) -> bool:
        """Whether there is a crew: there is none until something is to be read."""
        return "_crew" in vars(self)

    @cached_property
    def _crew(self) -> Crew:
        from mdj_plan.readings.crew import Crew  # not where everything is kept

        return Crew(lambda: self._ready, lambda: bytes_of(self._plan), self._most)

    @cached_property
    def reader(self) -> Reader:
        """The reader of returns to this plan."""
        from mdj_plan.intake.reader import Reader  # where everything has been read before it is not needed

        return Reader.of(self._plan)

    @cached_property
    def _ready(self) -> Reader:
        """The reader with what most returns need already loaded."""
        import python_calamine  # noqa: F401 - these are loaded once, and not in every process that is split from this one

        from mdj_plan.intake import door
        from mdj_plan.sheets.formats import xlsx, zipped  # noqa: F401 - see above

        door.prepare(self._plan.fields.values())
        return self.reader

    def read(self, handed: Sequence[Handed], place: str) -> list[Submission]:
        """The returns, in order. `place` is where their paths begin: readings of other places are kept apart."""
        read: list[Submission] = []
        for folder, part in groupby(handed, key=lambda each: each.file.rpartition("/")[0]):
            read += self._folder(f"{place}\n{folder}", list(part), len(read), len(handed))
        self.tell(len(handed), len(handed))
        return read

    def read_bytes(self, data: bytes, file: str) -> Submission:
        """One return, handed over as bytes; nothing is kept of it."""
        return self._whole([Handed(file, file, None, lambda: data)], Pack(), lambda _: None)[0]

    def _folder(self, place: str, handed: list[Handed], before: int, total: int) -> list[Submission]:
        """The returns of one folder, whose readings are kept together."""

        def progress(done: int) -> None:
            self.tell(before + done, total)

        name = hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest() + ".readings"
        pack = self._pack(name)
        read = self._whole(handed, pack, progress)
        if pack.fresh and self._needs is not None:
            self.shelf.put(name, self._needs, pack.written())
        return read

    def _pack(self, name: str) -> Pack:
        content = None if self._needs is None else self.shelf.take(name, self._needs)
        try:
            return Pack(content)
        except (ValueError, TypeError):
            return Pack()

    @cached_property
    def _needs(self) -> str | None:
        try:
            return needs_digest(self._plan)
        except OSError:  # a program that does not lie in plain files
            return None

    def _whole(self, handed: list[Handed], pack: Pack, progress: Callable[[int], None]) -> list[Submission]:
        read: dict[int, Submission] = {}
        asked: dict[int, _Asked] = {}
        for number, answer in self._answers(self._new(handed, read, asked, pack, progress)):
            read[number] = self._settled(asked[number], answer, pack)
        return [read[number] for number in range(len(handed))]

    def _new(
        self,
        handed: list[Handed],
        read: dict[int, Submission],
        asked: dict[int, _Asked],
        pack: Pack,
        progress: Callable[[int], None],
    ) -> Iterator[tuple[int, Opened]]:
        """Those that have to be read, noted in `asked`; what is known of the others is put down in `read`."""
        for number, each in enumerate(handed):
            progress(number)
            data = bounded(each)
            if isinstance(data, Fault):
                read[number] = self.reader.refused(each.file, data, given=each.given)
                continue
            asked[number] = _Asked(each.file, hashlib.sha256(data).hexdigest(), each.given)
            known = _known(pack, asked[number], self._plan.fields)
            if known is None:
                yield number, Opened(data, each.file, each.given)
            else:
                read[number] = known

    def _answers(self, files: Iterable[tuple[int, Opened]]) -> Iterator[tuple[int, Answer]]:
        """What the crew answers of each file; where nobody else can read it, what is read here."""
        for some in bundled(files):
            yield from self._crew.ask(some)
            if self._crew.alone:
                for number, each in some.items():
                    yield number, encode(self.reader.read(*each))
        if self._asks:
            yield from self._crew.rest()

    def _settled(self, asked: _Asked, answer: Answer, pack: Pack) -> Submission:
        """What a reader answered, kept; where it gave none, that as a finding of the file."""
        if not isinstance(answer, bytes):
            code = "F104" if answer.how in {"slow", "grew"} else "F103"
            fault = Fault(code, value=answer.where or None, variant=f"reader-{answer.how}")
            return self.reader.refused(asked.file, fault, asked.sha256, asked.given)
        pack.put(asked.key, answer)
        return decode(answer, self._plan.fields)


def bundled(files: Iterable[tuple[int, Opened]]) -> Iterator[dict[int, Opened]]:
    """Files in order, by their numbers, as many together as are read together; a large one is alone."""
    bundle: dict[int, Opened] = {}
    size = 0
    for number, each in files:
        if bundle and (len(bundle) == _TOGETHER or size + len(each.data) > _SMALL):
            yield bundle
            bundle, size = {}, 0
        bundle[number] = each
        size += len(each.data)
    if bundle:
        yield bundle


class _Asked(NamedTuple):
    """A return by its path, the digest of its bytes, and what the office says of it."""

    file: str
    sha256: str
    given: Given

    @property
    def key(self) -> str:
        """The key of its reading."""
        return f"{self.sha256} {self.file}{self.given}"


def bounded(handed: Handed) -> bytes | Fault:
    """The bytes of a return, or why there are none: it cannot be opened (F103), or its bearer says why."""
    try:
        return handed.read()
    except NotRead as error:
        return error.fault
    except OSError as error:
        variant = "denied" if isinstance(error, PermissionError) else "unreadable"
        return Fault("F103", value=error.strerror or str(error), variant=variant)


def _known(pack: Pack, asked: _Asked, fields: Mapping[str, Field]) -> Submission | None:
    """The reading of a return that is kept; None where there is none that can be understood."""
    kept = pack.get(asked.key)
    if kept is None:
        return None
    try:
        read = decode(kept, fields)
    except (ValueError, TypeError, LookupError, AttributeError):  # written by hand: it is read again
        return None
    return read if (read.file, read.sha256) == asked[:2] else None
