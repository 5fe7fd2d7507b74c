"""The page in a browser: what its script does, how wide it is, and that it says nothing on the console."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from mdj_plan.messages import messages
from mdj_plan.plan.load import load_plan
from mdj_plan.reports.page.page import build
from mdj_plan.run import run
from tests.reports.html import Element, read
from tests.reports.town import HEADER, settle

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "--virtual-time-budget=4000",
    "--enable-logging=stderr",
    "--v=0",
)


def opened(page: bytes, folder: Path, *more: str) -> tuple[Element, str]:
    """The page after its script has run, and what the browser wrote on the console."""
    path = folder / "page.html"
    path.write_bytes(page)
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", *more, "--dump-dom", path.as_uri()]
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    console = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if "CONSOLE" in line]
    return read(done.stdout), "\n".join(console)


def asked(page: bytes, script: str, folder: Path, *more: str) -> Any:
    """What a script of the test finds in the page, whose policy is taken out to let it run."""
    head, policy, rest = page.partition(b'<meta http-equiv="Content-Security-Policy"')
    assert policy
    wrapped = f"<script>(async () => {{ {script} }})().then((found) => {{ document.title = JSON.stringify(found); }});</script>"
    tail = rest.split(b">", 1)[1].replace(b"</body>", wrapped.encode() + b"</body>")
    dom, console = opened(head + tail, folder, *more)
    assert console == ""
    (title,) = (e for e in dom.all("title"))
    return json.loads("".join(text.text for text in title.children))


@pytest.fixture(scope="module")
def page() -> bytes:
    return build(run(load_plan(Path("config/targets.yaml"))), messages("zh"))


def test_script_unfolds_what_needs_it_and_the_console_stays_silent(page: bytes, tmp_path: Path) -> None:
    dom, console = opened(page, tmp_path)
    assert console == ""
    assert dom.one("form", id="filter").get("hidden") is None
    assert dom.one("button", id="language").get("hidden") is None
    sortable = [table for table in dom.all("table") if "sortable" in table.classes]
    heads = [head for table in sortable for head in table.all("th", scope="col") if "still" not in head.classes]
    assert {(head["aria-sort"], len(head.all("button"))) for head in heads} == {("none", 1)}


def test_a_script_that_is_not_the_page_s_own_does_not_run(page: bytes, tmp_path: Path) -> None:
    intruder = b"<script>document.title = 'intruder'</script></body>"
    dom, console = opened(page.replace(b"</body>", intruder), tmp_path)
    assert "intruder" not in "".join(text.text for text in dom.one("title").children)
    assert "Content Security Policy" in console


FILTER = """
const form = document.getElementById("filter");
const set = (values) => { Object.entries(values).forEach(([k, v]) => { form.elements[k].value = v; }); form.dispatchEvent(new Event("change")); };
const seen = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility()).map((e) => e.innerText.trim());
const found = {};
set({ unit: "linkou" });
found.unit = [seen("#districts tbody th"), seen("#returns table:first-of-type tbody th")[0]];
set({ indicator: "makerspaces" });
found.indicator = [seen("#districts thead th"), seen("#behind tbody td:nth-child(2)")];
set({ unit: "", indicator: "", status: "seriously_behind" });
found.status = [seen("#districts tbody th"), seen("#departments tbody th"), seen("#departments .empty").length];
form.reset();
await new Promise((done) => setTimeout(done, 50));
found.reset = [seen("#districts tbody th").length, seen(".empty").length];
return found;
"""


def test_filter_by_unit_indicator_and_status(page: bytes, tmp_path: Path) -> None:
    assert asked(page, FILTER, tmp_path) == {
        "unit": [["林口县"], "林口县"],
        "indicator": [["责任单位", "众创空间（家）"], ["众创空间（家）"]],
        "status": [["林口县"], [], 1],
        "reset": [10, 0],
    }


SORT = """
const head = document.querySelector("#overview thead th:nth-child(6)");
const lags = () => [...document.querySelectorAll("#overview tbody td:nth-child(6)")].map((e) => e.innerText);
const found = [];
for (let i = 0; i < 3; i += 1) {
  head.querySelector("button").click();
  found.push([head.getAttribute("aria-sort"), lags().slice(0, 3)]);
}
return found;
"""


def test_sort_by_number_and_back_to_the_official_order(page: bytes, tmp_path: Path) -> None:
    assert asked(page, SORT, tmp_path) == [
        ["ascending", ["−32.0", "−25.0", "−16.7"]],
        ["descending", ["13.4", "10.0", "0.0"]],
        ["none", ["0.0", "−16.7", "0.0"]],
    ]


DRILL = """
const link = document.querySelector("#districts a.drill");
link.focus();
link.click();
const dialog = document.querySelector("dialog");
const opened = [dialog.open, dialog.querySelector("h2").innerText, dialog.querySelector("tbody tr:nth-child(2)").innerText];
dialog.close();
await new Promise((done) => setTimeout(done, 50));
const home = document.querySelector(link.hash).parentElement.tagName;
return [...opened, dialog.open, home, document.activeElement === link];
"""


def test_a_figure_opens_its_facilities_and_gives_the_focus_back(page: bytes, tmp_path: Path) -> None:
    opened, title, line, still, home, focused = asked(page, DRILL, tmp_path)
    assert opened
    assert title == "东安区 · 孵化器 4/4 家 已完成"
    assert line.split("\t")[1:3] == ["1", "B5"]
    assert (still, home, focused) == (False, "DETAILS", True)


SPEAK = """
const button = document.getElementById("language");
const look = () => [document.documentElement.lang, document.querySelector("h2#overview-title").innerText, button.innerText,
  document.querySelector("select[name=unit] option:nth-child(2)").textContent];
const first = look();
button.click();
return [first, look()];
"""


def test_language_switches_to_and_fro(page: bytes, tmp_path: Path) -> None:
    assert asked(page, SPEAK, tmp_path) == [
        ["zh-CN", "概要", "English", "东安区"],
        ["en", "Overview", "中文", "Dong'an District"],
    ]


FRAME = (
    b'<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content=""><title>-</title>'
    b'<body><iframe src="inner.html" style="width: 390px; height: 800px; border: 0"></iframe></body>'
)
"""Old headless Chromium is at least 500 wide; the page is put in a frame of a phone's width."""
IN_SIGHT = """
const inner = document.querySelector("iframe");
await new Promise((done) => setTimeout(done, 500));
const page = inner.contentDocument;
const right = (name) => Math.max(...[...page.querySelectorAll(`#${name} tbody td:nth-child(3)`)]
  .map((cell) => cell.getBoundingClientRect().right));
return [right("overview") <= 390, page.querySelector("#overview tbody td:nth-child(3)").innerText,
        page.querySelector(".worst").innerText.startsWith("最滞后 林口县：孵化器（家）0/4（严重滞后，")];
"""


def test_a_phone_shows_the_status_beside_the_figure(page: bytes, tmp_path: Path) -> None:
    (tmp_path / "inner.html").write_bytes(page)
    assert asked(FRAME, IN_SIGHT, tmp_path, "--allow-file-access-from-files") == [True, "达到序时", True]


@pytest.mark.parametrize("name", ["示例孵化器", "长" * 3000, "W" * 3000])
def test_the_page_never_scrolls_sideways(name: str, tmp_path: Path) -> None:
    town = settle(tmp_path / "town", returns={"2017Q1/东区_2017Q1.csv": f"{HEADER}\n{name},孵化器,运营,1,1\n"})
    (tmp_path / "inner.html").write_bytes(build(town, messages("en")))
    script = """
    const inner = document.querySelector("iframe");
    await new Promise((done) => setTimeout(done, 500));
    const root = inner.contentDocument.documentElement;
    return [inner.contentWindow.innerWidth, root.scrollWidth];
    """
    assert asked(FRAME, script, tmp_path, "--allow-file-access-from-files") == [390, 390]
