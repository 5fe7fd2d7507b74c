"""What passes between a run and those who read for it: messages of a kind, each with its length before it."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from socket import socket

_HEAD = struct.Struct("!cIQ")
_AT_ONCE, _SHORT = 2**20, 2**16

READY = b"r"
"""From a reader that has been started anew: it has understood the plan."""
PLAN = b"p"
FILE = b"f"
MORE = b"+"
"""To a reader: a plan; the path of a file and its bytes; the same of one that is read together with the next."""
READ = b"s"
LAST = b"l"
GREW = b"m"
FAILED = b"x"
"""From a reader: a submission as bytes; the same from one that has grown by what it has read; the file asks for too
much memory; what went wrong, and where."""
TIRED = frozenset({LAST, GREW})
"""After these a reader goes."""


class Message(NamedTuple):
    """Its kind, a short text (the path of a file) and a content."""

    kind: bytes
    text: str = ""
    content: bytes = b""


def send(to: socket, message: Message) -> None:
    """Send a message whole. Raises OSError where nobody listens."""
    text = message.text.encode("utf-8", "surrogateescape")
    head, content = _HEAD.pack(message.kind, len(text), len(message.content)) + text, message.content
    for part in (head + content,) if len(content) < _SHORT else (head, content):
        to.sendall(part)


def receive(source: socket) -> Message | None:
    """The next message; None where the other side has gone. Raises OSError."""
    head = _exactly(source, _HEAD.size)
    if head is None:
        return None
    kind, text_length, length = _HEAD.unpack(head)
    text, content = _exactly(source, text_length), _exactly(source, length)
    if text is None or content is None:
        return None
    return Message(kind, bytes(text).decode("utf-8", "surrogateescape"), bytes(content))


def _exactly(source: socket, length: int) -> bytes | None:
    parts = []
    while length:
        part = source.recv(min(length, _AT_ONCE))
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
