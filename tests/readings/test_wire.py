"""What passes between a run and its readers, whole or not at all; and the kept readings of a folder as one entry."""

from __future__ import annotations

import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdj_plan.readings import wire
from mdj_plan.readings.pack import Pack
from mdj_plan.readings.wire import Message


def passed(*messages: Message, cut: int | None = None) -> list[Message | None]:
    """What is heard at the other end, the last thing being that nobody speaks any more; `cut`: after so many bytes."""
    ours, theirs = socket.socketpair()
    written = socket.socketpair()
    with ours, theirs, written[0], written[1]:
        for message in messages:
            wire.send(written[0], message)
        written[0].shutdown(socket.SHUT_WR)
        data = b"".join(iter(lambda: written[1].recv(65536), b""))
        theirs.sendall(data[:cut])
        theirs.shutdown(socket.SHUT_WR)
        heard = [wire.receive(ours)]
        while heard[-1] is not None:
            heard.append(wire.receive(ours))
        return heard


@given(
    st.lists(st.builds(Message, st.sampled_from([wire.FILE, wire.READ, wire.GREW]), st.text(), st.binary()), max_size=3)
)
def test_messages_come_as_they_were_sent_and_in_order(messages: list[Message]) -> None:
    assert passed(*messages) == [*messages, None]


def test_names_that_are_no_utf_8_come_as_they_were_sent() -> None:
    named = Message(wire.FILE, "\udcb6\udcab.csv\0east", b"x")
    assert passed(named) == [named, None]


def test_a_message_that_is_cut_anywhere_is_none() -> None:
    message = Message(wire.READ, "东.csv", b"reading")
    whole = 13 + len("东.csv".encode()) + len(b"reading")
    assert passed(message, cut=whole) == [message, None]
    for cut in range(whole):
        assert passed(message, cut=cut) == [None]


def test_a_large_content_comes_whole_while_it_is_sent() -> None:
    ours, theirs = socket.socketpair()
    message = Message(wire.READ, "a", bytes(range(256)) * 20_000)
    with ours, theirs:
        sender = threading.Thread(target=wire.send, args=(theirs, message))
        sender.start()
        assert wire.receive(ours) == message
        sender.join()


READINGS = {"a 2021Q1/东.csv": b"one", "b": b"", "c": b"\n[]\n"}


def packed(readings: dict[str, bytes]) -> bytes:
    pack = Pack()
    for key, reading in readings.items():
        pack.put(key, reading)
    return pack.written()


@given(st.dictionaries(st.text(), st.binary(), max_size=4))
def test_what_was_put_in_a_pack_is_what_is_in_it(readings: dict[str, bytes]) -> None:
    pack = Pack(packed(readings))
    assert {key: pack.get(key) for key in readings} == readings
    assert not pack.fresh


def test_a_pack_says_what_it_does_not_have_and_whether_it_grew() -> None:
    pack = Pack(packed(READINGS))
    assert (pack.get("none"), pack.fresh) == (None, False)
    pack.put("none", b"now")
    assert pack.fresh
    assert Pack(pack.written()).get("none") == b"now"


def test_what_was_not_asked_for_stays_for_a_while_and_only_so_much_of_it() -> None:
    pack = Pack(packed({str(n): b"%d" % n for n in range(100)}))
    for n in range(90, 100):
        pack.get(str(n))
    again = Pack(pack.written())
    assert [n for n in range(100) if again.get(str(n)) == b"%d" % n] == [*range(64), *range(90, 100)]


def refused(data: bytes) -> bool:
    try:
        Pack(data)
    except ValueError:
        return True
    return False


def test_a_pack_that_is_cut_anywhere_or_goes_on_is_none() -> None:
    whole = packed(READINGS)
    assert [end for end in range(len(whole)) if not refused(whole[:end])] == []
    assert refused(whole + b"x")
    assert not refused(whole)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]x", b'[["a",1]]\n', b'[["a",1]]\nxy', b'[["a"]]\n', b"\xff"])
def test_what_is_no_pack_is_refused(data: bytes) -> None:
    assert refused(data)
