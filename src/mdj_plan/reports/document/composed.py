"""Texts composed from facts by templates that the office can edit: circular and letters.

A template of the same name in a `templates` folder of the plan's project goes before the built-in one. Templates run
in Jinja2's sandbox and know only what is handed to them; asking for anything else is an error with its place.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from mdj_plan.usage import UsageError

if TYPE_CHECKING:
    from mdj_plan.plan.model import Plan

Lines = list[tuple[str, str]]
"""Paragraphs with their mark: title, heading1, heading2, plain (no indent), annex (a line of the list of annexes), sign
(to the right), table (its name), small (below the title) or body.
"""
_MARKS = (
    ("### ", "heading2"),
    ("## ", "heading1"),
    ("# ", "title"),
    ("> ", "plain"),
    ("+ ", "annex"),
    ("$ ", "sign"),
    ("| ", "table"),
    ("~ ", "small"),
)


def composed(plan: Plan, name: str, facts: dict[str, Any]) -> Lines:
    """The paragraphs that a template makes of the facts. Raises UsageError with the place of what is wrong with it."""
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
    from jinja2.sandbox import SandboxedEnvironment

    source, where = _source(plan, name)
    options: dict[str, Any] = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    environment = SandboxedEnvironment(autoescape=False, **options)
    try:
        text = environment.from_string(source).render(**facts)
    except TemplateSyntaxError as error:
        raise UsageError("template-wrong", path=where, line=str(error.lineno), reason=str(error.message)) from None
    except (TemplateError, TypeError, ArithmeticError) as error:
        raise UsageError("template-wrong", path=where, line="?", reason=str(error)) from None
    return [_marked(line.strip()) for line in text.splitlines() if line.strip()]


def _source(plan: Plan, name: str) -> tuple[str, str]:
    for folder in (plan.path.parent / "templates", plan.path.parent.parent / "templates"):
        path = folder / name
        if path.is_file():
            return path.read_text("utf-8-sig"), str(path)
    return (resources.files("mdj_plan.reports") / "templates" / name).read_text("utf-8"), name


def _marked(line: str) -> tuple[str, str]:
    for mark, kind in _MARKS:
        if line.startswith(mark):
            return kind, line.removeprefix(mark).strip()
    return "body", line
