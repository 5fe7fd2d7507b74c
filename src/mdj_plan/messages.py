"""Texts for people, from the message catalogues in `locale/`: TOML files by area and language, the same keys in each.

In ``findings.*.toml`` a table such as ``[V103]`` holds title, message, hint, meaning, example and remedy of a code;
``message_VARIANT`` overrides for a variant. The other files are plain ``key = "text"``. Placeholders are ``{name}``, as
in str.format. A word that follows a number has its form for one and for any other: ``{n} {n:day|days}``.
"""

from __future__ import annotations

import functools
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mdj_plan.catalogues import tables_in, texts_in
from mdj_plan.names import Words

if TYPE_CHECKING:
    from mdj_plan.findings import Argument, Finding

LANGUAGES = ("zh", "en")
_FOLDER = Path(__file__).parent / "locale"
_FORMS = re.compile(r"\{(\w+):([^|}]*)\|([^}]*)\}")
_OF_THEIR_OWN = ("findi", "help.", "phras")
"""Catalogues that are read by themselves: of findings, of help pages, and of phrases within other texts."""


class Messages:
    """The catalogue of one language. A missing key is a defect of ours and raises KeyError."""

    def __init__(self, language: str) -> None:
        self.language = language

    @functools.cached_property
    def _findings(self) -> dict[str, dict[str, str]]:
        return tables_in(_FOLDER / f"findings.{self.language}.toml")

    @functools.cached_property
    def _words(self) -> dict[str, str]:
        """The words that every report needs; most runs for scripts need no others."""
        return texts_in(_FOLDER / f"words.{self.language}.toml")

    @functools.cached_property
    def _text(self) -> dict[str, str]:
        files = [file for file in sorted(_FOLDER.glob(f"*.{self.language}.toml")) if file.name[:5] not in _OF_THEIR_OWN]
        return {key: text for file in files for key, text in texts_in(file).items()}

    def __call__(self, key: str, /, **args: Argument | int) -> str:
        """The text of `key`, its placeholders filled."""
        text = self._words[key] if key in self._words else self._text[key]
        return _filled(text, tuple(args.items()), self.language)

    def has(self, key: str) -> bool:
        """Whether there is a text of that key."""
        return key in self._text

    def keys(self) -> frozenset[str]:
        """Every key of the catalogue, for comparing languages."""
        found = {f"{code}.{key}" for code, entry in self._findings.items() for key in entry}
        return frozenset(found | set(self._text))

    def message(self, finding: Finding) -> str:
        """What is wrong."""
        return self._of("message", finding)

    def hint(self, finding: Finding) -> str:
        """What to do; of a finding that the office has accepted why, and until when."""
        if finding.accepted is None:
            return self._of("hint", finding)
        reason, by, until = finding.accepted
        return self("accepted-by" if by else "accepted", reason=reason, by=by or "", until=str(until))

    def about(self, code: str, part: str) -> str:
        """The part ``title``, ``meaning``, ``example`` or ``remedy`` of a code's explanation."""
        return self._findings[code][part]

    def words(self, words: Argument) -> str:
        """Words in this language."""
        return words.in_language(self.language) if isinstance(words, Words) else words

    def _of(self, part: str, finding: Finding) -> str:
        entry = self._findings[finding.code]
        template = entry.get(f"{part}_{finding.variant}") if finding.variant else None
        args = (("value", finding.value or ""), *finding.args)
        return _filled(template or entry[part], args, self.language)


def _filled(template: str, args: tuple[tuple[str, Argument | int], ...], language: str) -> str:
    words = {k: v.in_language(language) if isinstance(v, Words) else v for k, v in args}
    if "|" in template:
        template = _FORMS.sub(lambda form: form[2] if str(words.get(form[1])) == "1" else form[3], template)
    return template.format_map(_Blank(words)) if "{" in template else template


class _Blank(dict[str, Any]):
    """A placeholder nobody filled is left out rather than crash a report; a test holds that none is."""

    def __missing__(self, key: str) -> str:
        return ""


@functools.cache
def messages(language: str) -> Messages:
    """The catalogue of ``zh`` or ``en``."""
    return Messages(language)


@functools.cache
def help_texts(language: str) -> dict[str, str]:
    """The texts of help pages by key, in ``zh`` or ``en``."""
    return texts_in(_FOLDER / f"help.{language}.toml")


def chosen_language(option: str | None) -> str:
    """The language of the screen: the option, else ``MDJ_PLAN_LANG``, else the locale; English unless it says zh."""
    for candidate in (option, os.environ.get("MDJ_PLAN_LANG"), *map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))):
        if candidate:
            return "zh" if candidate.lower().startswith("zh") else "en"
    return "en"
