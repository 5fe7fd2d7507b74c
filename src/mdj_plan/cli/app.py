"""The command line: one file a verb, each loading what it needs only when it runs."""

from __future__ import annotations

import sys
import traceback
from typing import Annotated

import typer

from mdj_plan import __version__
from mdj_plan.cli import check, explain, export, plan, receive, status, template, validate
from mdj_plan.cli.words import language_of, say

app = typer.Typer(
    name="mdj-plan",
    help=say(
        "读取各单位的季报，逐格检查，每个载体只计一次，对照目标和序时进度，给出联席会议要用的结果。",
        "Read the quarterly returns, judge them cell by cell, count every facility once, and set it against the plan.",
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:  # noqa: FBT001 - the signature that Typer calls
    if value:
        typer.echo(f"mdj-plan {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=say("显示版本后退出。", "Show the version.")),
    ] = False,
) -> None:
    del version


app.command("check", help=check.HELP)(check.check)
app.command("export", help=export.HELP)(export.export)
app.command("plan", help=plan.HELP)(plan.plan)
app.command("status", help=status.HELP)(status.status)
app.command("validate", help=validate.HELP)(validate.validate)
app.command("receive", help=receive.HELP)(receive.receive)
app.command("template", help=template.HELP)(template.template)
app.command("explain", help=explain.HELP)(explain.explain)


def run(arguments: list[str]) -> int:
    """Run one command and give its exit code; what a user can mend is one clear line, our own defects a traceback."""
    try:
        result = app(args=arguments, standalone_mode=False)
    except typer.Exit as ended:
        return int(ended.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone: nothing is left to say, and nobody to say it to
        return 0
    except Exception as error:  # noqa: BLE001 - the last line of defence: everything else is told apart below
        return _told(error, language_of(arguments))
    return int(result or 0)


def _told(error: Exception, language: str) -> int:
    from mdj_plan.messages import messages
    from mdj_plan.plan.problems import PlanError
    from mdj_plan.run import UsageError

    texts = messages(language)
    if hasattr(error, "format_message"):  # Typer's own: an unknown option, a missing argument
        print(texts("usage", what=error.format_message()), file=sys.stderr)
        return 2
    if isinstance(error, PlanError):
        for problem in error.problems:
            print(problem.sentence(texts), file=sys.stderr)
        return 2
    if isinstance(error, UsageError):
        print(texts(error.name, **error.args_), file=sys.stderr)
        return 2
    if isinstance(error, OSError) and error.filename:
        reason = error.strerror or type(error).__name__
        print(texts("file-trouble", path=str(error.filename), reason=reason), file=sys.stderr)
        return 2
    traceback.print_exc()
    print(texts("defect"), file=sys.stderr)
    return 70
