"""The command line: one file a verb, each loading what it needs only when it runs."""

from __future__ import annotations

import contextlib
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan import __version__
from mdj_plan.cli.options import LanguageOption, asking
from mdj_plan.cli.trouble import mendable, told
from mdj_plan.cli.usage import Command, Group
from mdj_plan.cli.words import interrupted, language_of
from mdj_plan.kept.broken import Broken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

COMMANDS = (
    *("check", "export", "plan", "status", "facilities", "trend", "changes", "validate", "receive"),
    *("template", "close", "actions", "candidates", "accept", "explain", "init"),
)
"""In the order of the help. Each is a module with a function of its name, and the common options that it `ASKS`."""


def app(names: Iterable[str] = COMMANDS, *, whole: bool = True) -> typer.Typer:
    """The command line with these commands; of no use but to list them where they are not to be `whole`."""
    made = typer.Typer(
        name="mdj-plan",
        help="app",
        cls=Group,
        add_completion=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback(invoke_without_command=True)(_top)
    for name in names:
        made.command(name, cls=Command, help=name)(_verb(name) if whole else _listed)
    return made


def _verb(name: str) -> Callable[..., int]:
    """A command as Typer takes it, its module loaded."""
    module = import_module(f"mdj_plan.cli.{name}")
    verb: Callable[..., int] = getattr(module, name)
    return asking(verb, module.ASKS) if hasattr(module, "ASKS") else verb


def _listed() -> None:
    """A command's place on the page that lists them all, which says no more of it than its name and its help."""


def _version(value: bool) -> None:  # noqa: FBT001 - the signature that Typer calls
    if value:
        typer.echo(f"mdj-plan {__version__}")
        raise typer.Exit


def _top(
    context: typer.Context,
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="option-version"),
    ] = False,
    lang: LanguageOption = None,
) -> None:
    del version, lang  # `language_of` has read it wherever it stands
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(2)


def run(arguments: list[str]) -> int:
    """Run one command and give its exit code; what a user can mend is one clear line, our own defects a traceback.

    Where what was kept turns out to be none of ours it is run anew, without; so it is before a defect is told: somebody
    else may have written what was kept. What adds to the office's own tables is not done twice for a defect.
    """
    verb = next((at for at, each in enumerate(arguments) if each in COMMANDS), None)
    if verb is None or arguments[verb] == "init" or "--no-cache" in arguments:  # nothing that was kept is used
        return _run(arguments)
    with contextlib.suppress(Broken):
        return _run(arguments, anew=arguments[verb] not in _ADDING)
    return _run([*arguments[: verb + 1], "--no-cache", *arguments[verb + 1 :]])


def _run(arguments: list[str], *, anew: bool = False) -> int:
    """Raises Broken where what is kept is to blame, and where it may be and the command may be run `anew`."""
    named = next(([each] for each in arguments if each in COMMANDS), None)  # the others need not be loaded
    made = app(named or COMMANDS, whole=named is not None or _COMPLETING in os.environ)
    language = language_of(arguments)
    try:
        code = int(made(args=arguments, prog_name="mdj-plan", standalone_mode=False, obj=language) or 0)
        sys.stdout.flush()
    except typer.Exit as ended:
        code = int(ended.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        code = _INTERRUPTED
    except (BrokenPipeError, SystemExit):  # Typer and rich end the program where a pipe is broken
        _let_go_of_the_output()  # its reader has gone: nothing is left to say, and nobody to say it to
        return 0
    except Broken:
        raise
    except Exception as error:
        if anew and not mendable(error, language):
            raise Broken from error
        _let_go_of_the_output()
        return told(error, language)
    if code == _INTERRUPTED:  # also what Typer makes of it
        print(interrupted(language), file=sys.stderr)
    return code


_INTERRUPTED = 130
_ADDING = frozenset(("receive", "close", "actions", "accept"))
"""These add to what the office has on file."""
_COMPLETING = "_MDJ_PLAN_COMPLETE"
"""Where a shell says that it wants to know what may stand next, and not in the arguments."""


def _let_go_of_the_output() -> None:
    """Keep what was said, or lose it where it cannot be written: Python would try again at its end, and complain."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
