"""A walk through XML, element by element, in any encoding: no tree is built, so that nothing grows with the input."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from mdj_plan.sheets.formats.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_TAGS = 4_000_000
"""Opening and closing tags of a part that are read one by one: a million cells, in ten seconds. Nobody waits longer."""
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^<>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"'][^<>]*\?>")
_OTHERS = re.compile(r"gb2312|gbk|gb18030|big5|shift_jis|euc-jp|euc-kr|koi8-r|windows-125[0-8]|iso-8859-[0-9]{1,2}")
"""Encodings that expat does not know and Python does."""


class Handler:
    """What is done at each element; names of elements come without their prefixes, unless `raw`."""

    raw = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, words: str) -> None:
        """Some of the text within an element, perhaps not all at once."""


def walk(xml: bytes, handler: Handler) -> None:
    """Walk through a part from beginning to end. Raises Refused for damaged XML, a DOCTYPE, too many tags."""
    if xml.count(b"<") > MOST_TAGS:
        raise Refused("F104", "bomb")
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = handler.start if handler.raw else _begun(handler)
    parser.EndElementHandler = handler.end if handler.raw else _ended(handler)
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(_known_to_expat(xml), True)  # noqa: FBT003 - expat takes it by position
    except expat.ExpatError as error:
        if _DOCTYPE.search(xml):
            raise Refused("F104", "doctype") from None
        raise Refused("F103", value=str(error)[:80]) from None


class _Locals(dict[str, str]):
    """Names without their prefixes, each made out once."""

    def __missing__(self, name: str) -> str:
        self[name] = local_ = name[name.find(":") + 1 :]
        return local_


def _begun(handler: Handler) -> Callable[[str, dict[str, str]], None]:
    start, names = handler.start, _Locals()
    return lambda name, attributes: start(names[name], attributes)


def _ended(handler: Handler) -> Callable[[str], None]:
    end, names = handler.end, _Locals()
    return lambda name: end(names[name])


def _known_to_expat(xml: bytes) -> bytes:
    """The XML in an encoding that expat reads. Raises Refused for one that nobody should use."""
    declared = _DECLARED.match(xml)
    encoding = declared[1].decode("ascii").lower() if declared else ""
    if declared is None or not _OTHERS.fullmatch(encoding):
        _try_encoding(xml[: max(1024, xml.find(b">") + 2)])
        return xml
    try:
        return xml[declared.end() :].decode(encoding).encode()
    except UnicodeDecodeError as error:
        raise Refused("F103", value=str(error)[:80]) from None


def _try_encoding(head: bytes) -> None:
    """Have the declaration read: an encoding that is unknown, or has no table, must not look like a defect of ours."""
    try:
        expat.ParserCreate().Parse(head, False)  # noqa: FBT003 - the same
    except expat.ExpatError:  # damaged, which will be told in its place
        return
    except (LookupError, ValueError) as error:
        raise Refused("F103", value=str(error)[:80]) from None


def _refuse(*_: object) -> None:
    raise Refused("F104", "doctype")


def local(attributes: Mapping[str, str], name: str) -> str:
    """An attribute by its name without prefix; "" where it is not there."""
    if name in attributes:
        return attributes[name]
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")
