"""What Typer says of a command line and on its help pages, in the language of the run: it speaks English alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

from mdj_plan.cli.words import LANGUAGE
from mdj_plan.names import listed

if TYPE_CHECKING:
    from mdj_plan.messages import Messages

_SAID = {
    "usage-no-option": r"No such option:? (?P<found>\S+?)\.?(?: .*)?",
    "usage-no-command": r"No such command '(?P<found>.+)'\.(?: .*)?",
    "usage-no-value": r"Option '(?P<found>.+)' requires an argument\.?",
    "usage-a-value": r"Option '(?P<found>.+)' does not take a value\.?",
    "usage-missing": r"Missing (?:argument|option|parameter) '?(?P<found>.+?)'?\.(?: .*)?",
    "usage-no-choice": r"Invalid value for '(?P<option>.+?)': .*?'(?P<found>.*)' is not one of (?P<near>.+?)\.?",
    "usage-unreadable": r"Invalid value for '.+?': .*Path '(?P<found>.+)' is not readable\.?",
    "usage-wrong-value": r"Invalid value for '(?P<option>.+?)': (?P<found>.+?)\.?",
    "usage-too-much": r"Got unexpected extra arguments?(?:\(s\))? \((?P<found>.+)\)\.?",
}
"""How Typer words its objections, each with the key of ours."""
_CHINESE = (
    (r"^Usage: ", "用法："),
    (r"^Arguments:$", "参数："),
    (r"^Options:$", "选项："),
    (r"^Commands:$", "命令："),
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]…"),
    (r"\[default: (.+?)\]", r"[默认：\1]"),
    (r"\[required\]", "[必填]"),
    (r"Show this message and exit\.", "显示帮助后退出。"),
)
"""What Typer writes of its own on a help page."""


def objection(error: Any, texts: Messages) -> str:
    """What is wrong with a command line, from Typer's own exception."""
    said = str(error.format_message()).strip()
    for key, pattern in _SAID.items():
        if found := re.fullmatch(pattern, said, re.DOTALL):
            args = {name: value or "" for name, value in found.groupdict().items()}
            if "near" in args:
                return texts(key, **args | {"near": listed(re.findall(r"'([^']+)'", args["near"]))})
            near = sorted(getattr(error, "possibilities", None) or ())
            return texts(key, **args) if not near else texts(f"{key}-like", near=listed(near), **args)
    return texts("usage-otherwise", found=said.rstrip("."))


def in_words(page: str) -> str:
    """A help page in the language of the run."""
    for english, chinese in _CHINESE if LANGUAGE == "zh" else ():
        page = re.sub(english, chinese, page, flags=re.MULTILINE)
    return page


class Command(TyperCommand):
    """A command whose help page speaks the language of the run."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return in_words(super().get_help(ctx))


class Group(TyperGroup):
    """The commands together, likewise."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return in_words(super().get_help(ctx))
