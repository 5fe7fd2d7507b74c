"""Bytes → text, in any encoding that Chinese offices use."""

from __future__ import annotations

import re

_CONTROLS = bytes((*range(9), *range(14, 26), *range(27, 32), 127))
_EASTERN = frozenset(("gb2312", "gbk", "gb18030", "big5", "big5-hkscs", "hz-gb-2312", "shift_jis", "euc-jp", "euc-kr"))
_WESTERN = frozenset(("iso-8859-1", "iso-8859-15", "windows-1252", "windows-1250", "windows-1251", "koi8-r"))
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)


def decode(data: bytes) -> str | None:
    """BOM → strict UTF-8 → an HTML page's own charset → strict GB18030 → UTF-16; None where nothing fits.

    A page's own charset is a Western one by mistake more often than not: then GB18030 is tried first.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16")
    charset = _CHARSET.search(data[:4096]) if data[:256].lstrip().startswith(b"<") else None
    named = charset[1].decode("ascii").lower() if charset else ""
    before, after = [n for n in (named,) if n in _EASTERN], [n for n in (named,) if n in _WESTERN]
    wide = ("utf-16-le", "utf-16-be") if b"\x00" in data[:64] else ()
    for encoding in ("utf-8-sig", *before, "gb18030", *wide, *after):
        found = _strict(data, encoding)
        if found is not None:
            return found
    return None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        found = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    narrow = found.encode("utf-8", "surrogatepass") if encoding.startswith("utf-16") else data
    return found.replace("\x1a", "") if _is_text(narrow, len(found)) else None


def _is_text(data: bytes, length: int) -> bool:
    """A stray control character is a slip of the keyboard; NULs, or many of them, are no text at all.

    `data` is a text of so many characters in an encoding whose control characters are bytes that nothing else holds.
    """
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return b"\x00" not in data and controls * 200 <= length
