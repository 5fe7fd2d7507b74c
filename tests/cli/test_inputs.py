"""A result never replaces an input: the plan, the office's tables, returns, or somebody else's file beside a copy."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from mdj_plan.cli.app import run
from mdj_plan.cli.inputs import refuse_inputs
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.model import Plan
from mdj_plan.usage import UsageError
from tests.folders import lay_out
from tests.gallery.examples import EAST, PLAN, QUOTAS, clean


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lay_out(tmp_path, PLAN, QUOTAS, clean())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MDJ_PLAN_LANG", "en")
    return tmp_path


@pytest.mark.parametrize(
    "target",
    [
        *("data/quotas.csv", "data/receipts.csv", "data/register.csv", "data/actions.csv", "data/exceptions.csv"),
        *(
            f"data/submissions/{EAST}",
            "data/submissions/new.xlsx",
            "data/closed/2021Q1.json",
            "config/../data/quotas.csv",
        ),
    ],
)
def test_an_output_that_is_an_input_is_refused(target: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = folder / target
    before = path.read_bytes() if path.is_file() else None
    assert run(["export", "-o", target]) == 2
    assert path.is_file() == (before is not None)
    assert before is None or path.read_bytes() == before
    if "new" not in target and "closed" not in target:
        assert "never replaced" in capfd.readouterr().err


def paths_of(plan: Plan) -> dict[str, Path | None]:
    """Every path that a plan knows, but the folder in which results may stand too."""
    found = {name: getattr(each, "fget", None) or getattr(each, "func", None) for name, each in vars(Plan).items()}
    told = {name for name, get in found.items() if get and str(get.__annotations__.get("return")).startswith("Path")}
    return {name: getattr(plan, name) for name in sorted(told - {"data"})}


def test_whatever_the_plan_knows_of_is_no_place_for_a_result(folder: Path) -> None:
    stated = "headers: ../data/words.csv\ncriteria: criteria.yaml\n"
    (folder / "config/criteria.yaml").write_text("[]\n", "utf-8")
    plan = load_plan(lay_out(folder, PLAN + stated, words="field,synonym\nname,场所\n"))
    known = paths_of(plan)
    assert {"quotas", "register", "headers", "criteria", "closed"} <= known.keys()
    replaced = []
    for name, path in known.items():
        assert path is not None, f"{name} is to be stated here"
        try:
            refuse_inputs(plan, path)
        except UsageError:
            continue
        replaced.append(name)
    assert not replaced, f"a result may be written over {replaced}: name them in Plan.inputs (plan/model.py)"


@pytest.mark.usefixtures("folder")
def test_copies_and_templates_never_go_among_the_returns(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", f"data/submissions/{EAST}", "--annotate", "data/submissions"]) == 2
    assert run(["template", "--all", "-o", "data/submissions/2021Q2"]) == 2
    assert capfd.readouterr().err.count("never replaced") == 2


def test_a_copy_is_written_anew_but_somebody_elses_file_stays(folder: Path) -> None:
    inbox = folder / "inbox"
    inbox.mkdir()
    text = clean()[EAST].decode().replace(",1200,", ",约1200,")
    (inbox / "东示区_2021Q2.csv").write_text(text, "utf-8")
    book = openpyxl.Workbook()
    book.save(inbox / "东示区_2021Q2_退回.xlsx")
    other = (inbox / "东示区_2021Q2_退回.xlsx").read_bytes()
    for _ in range(2):  # the second run writes its own copy anew
        assert run(["validate", "inbox/东示区_2021Q2.csv", "--annotate", "inbox"]) == 1
    assert (inbox / "东示区_2021Q2_退回.xlsx").read_bytes() == other
    assert len(list(inbox.iterdir())) == 3


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a.html", "a.csv", "a.json"])
def test_a_result_is_written_anew_and_somebody_elses_file_only_when_told(
    name: str, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def export(*more: str) -> int:
        return run(["export", "-o", name, *more])

    assert [export(), export()] == [0, 0]
    (folder / name).write_bytes(b"")
    assert export() == 0
    (folder / name).write_bytes(b"somebody's own")
    assert export() == 2
    assert (folder / name).read_bytes() == b"somebody's own"
    assert capfd.readouterr().err.splitlines()[-1] == (
        f"{name} is none of this tool's results and stays as it is; choose another name, or --force to replace it."
    )
    assert export("--force") == 0
    assert (folder / name).read_bytes() != b"somebody's own"


def test_force_replaces_no_input_and_a_filled_in_form_is_somebodys_own(folder: Path) -> None:
    before = (folder / "data" / "quotas.csv").read_bytes()
    assert run(["export", "-o", "data/quotas.csv", "--force"]) == 2
    assert (folder / "data" / "quotas.csv").read_bytes() == before
    assert run(["template", "--unit", "east", "-o", "forms"]) == 0
    (form,) = (folder / "forms").iterdir()
    assert run(["export", "-o", str(form)]) == 2


def test_a_letter_in_whose_place_somebodys_file_lies_stops_them_all(folder: Path) -> None:
    (folder / "data" / "submissions" / EAST).unlink()
    assert run(["export", "-o", "a.csv", "--letters", "letters"]) == 0
    letter = min((folder / "letters").iterdir())
    (folder / "a.csv").unlink()
    letter.write_bytes(b"somebody's own")
    assert run(["export", "-o", "a.csv", "--letters", "letters"]) == 2
    assert not (folder / "a.csv").exists()
    assert letter.read_bytes() == b"somebody's own"
    assert run(["export", "-o", "a.csv", "--letters", "letters", "--force"]) == 0
    assert letter.read_bytes()[:2] == b"PK"


def test_papers_are_made_without_criteria_that_are_not_there(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    plan = folder / "config" / "targets.yaml"
    plan.write_text(plan.read_text("utf-8") + "\ncriteria: none.yaml\n", "utf-8")
    for command in ("export -o a.xlsx", "export -o pack/", "template --all -o forms"):
        assert run(command.split()) == 0
        first = capfd.readouterr().err.splitlines()[0]
        assert first == f"{folder}/config/none.yaml is not there: made without the candidates for accreditation."
    assert run(["candidates"]) == 2
    assert capfd.readouterr().err == "none.yaml: the criteria file cannot be read: No such file or directory\n"


def test_links_that_lead_to_themselves_are_told(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    inbox = folder / "inbox"
    inbox.mkdir()
    (inbox / "a.csv").symlink_to("b.csv")
    (inbox / "b.csv").symlink_to("a.csv")
    (folder / "out.csv").symlink_to("out.csv")
    assert run(["validate", "inbox", "--annotate", "inbox"]) == 1
    assert run(["export", "-o", "out.csv"]) in {0, 2}
    for name in ("exceptions.csv", "quotas.csv"):
        (folder / "data" / name).unlink(missing_ok=True)
        (folder / "data" / name).symlink_to(name)
    assert run(["accept", "X107", "--until", "2021Q4", "--reason", "known"]) == 2
    assert run(["check"]) == 2
    assert "Traceback" not in capfd.readouterr().err


def test_copies_of_what_lies_in_archives_are_bounded(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from mdj_plan.reports.returned import folder as copies

    monkeypatch.setattr(copies, "MOST_COPIES", 2)
    with zipfile.ZipFile(folder / "post.zip", "w") as package:
        for number in range(5):
            package.writestr(f"{number}.csv", f"载体名称,载体类型\n示例{number},\n")
    assert run(["validate", "post.zip", "--annotate", "marked"]) == 1
    assert len(list((folder / "marked").iterdir())) == 2
    assert "first 2 returns in archives; 3 more were left out" in capfd.readouterr().err


def test_a_return_that_was_only_saved_again_is_said_to_be_that(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    again = folder / "again.csv"
    again.write_bytes(clean()[EAST] + b"\r\n")
    assert run(["receive", "again.csv", "--unit", "east", "--period", "2021Q2"]) == 0
    said = capfd.readouterr().out.splitlines()
    assert said[1] == "  Nothing changes since version 1: it looks like the same return, saved again."
