"""`mdj-plan init` as a user types it: the folder, the printed report, what is refused (contract 6.5)."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdj_plan.cli.app import run
from mdj_plan.founding.breakdown import NoBreakdownError
from mdj_plan.founding.folder import put_folder
from mdj_plan.founding.known import known_indicators
from mdj_plan.plan.entries import PlanFile
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.quotas import amount
from mdj_plan.plan.schema import schema_text
from tests.founding.tables import as_csv, as_workbook, made

MUDANJIANG = re.compile("牡丹江|牡政办发|mdj-incubation|黑龙江|东安|Mudanjiang")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_folder_passes_every_first_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "city", "--lang", language, "--start", "2021Q1", "--end", "2023Q4"]) == 0
    monkeypatch.chdir(tmp_path / "city")
    assert run(["plan", "--lang", language]) == 0
    assert "P1" not in capsys.readouterr().out  # the example leaves nothing to object to
    assert run(["template", "--all", "-o", "blank"]) == 0
    assert len(list(Path("blank").iterdir())) == 4
    assert run(["check", "--period", "2021Q1", "--fail-on", "never"]) == 0
    assert run(["candidates", "--period", "2021Q1"]) == 0
    assert sorted(str(path) for path in Path().rglob("*") if path.is_file() and path.parts[0] != "blank") == [
        "README.md",
        "config/criteria.schema.json",
        "config/criteria.yaml",
        "config/targets.schema.json",
        "config/targets.yaml",
        "data/quotas.csv",
        "data/submissions/.gitkeep",
    ]
    written = "".join(path.read_text("utf-8") for path in Path().rglob("*.[ymc][ads][mv]*"))
    assert MUDANJIANG.search(written) is None
    assert Path("config/targets.schema.json").read_text("utf-8") == schema_text(PlanFile)
    assert (
        Path("config/targets.yaml")
        .read_text("utf-8")
        .startswith("# yaml-language-server: $schema=targets.schema.json\n")
    )
    assert load_plan(Path("config/targets.yaml")).file.plan.language == language


REPORT = """\

分解表.csv
  表头在第 1 行，单位在 B 列，指标横排
  没有采用的列：A1 序号、G1 责任人
  A2 一、县区 → 一节的标题
  B3 东河区 → 县（市）区：孵化器 4家（C3）、孵化面积 12000平方米（D3“1.2”）、发明专利 5（E3，待补充）
  B4 高新区 → 开发区：孵化器 3家（C4）
  B5 团市委 → 市直部门：没有任务
  A6 合计 → 全市目标：孵化器 8家（C6）、孵化面积 50000平方米（D6“5”）
  A7 注：按期完成 → 不是单位，略过

合计核对
  C6 合计 孵化器 8：各单位之和为 7，不相符；全市目标按表中合计写
  D6 合计 孵化面积 50000：各单位之和为 12000，不相符；全市目标按表中合计写

不认识的指标（1 项），连同数字写在 config/targets.yaml 的注释里，待补充
  E3 发明专利（件）

没有读懂，或按推定处理的（1 处）
  D5 孵化面积：“待定”不是确定的数，没有写入

已在 新城 建好计划：单位 3 个，分解任务 3 条，全市目标 2 项。
计划期 2021Q1 至 2023Q4；不对的话改 config/targets.yaml 的 start 和 end。
请对照原文核对 config/targets.yaml 和 data/quotas.csv，再继续：
  进入文件夹  cd 新城
  核对计划    mdj-plan plan
  生成空表    mdj-plan template --all -o 空表
"""


def test_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    table = """
序号|责任单位|孵化器|孵化面积（万平方米）|发明专利（件）|备注|责任人
一、县区
1|东河区|4|1.2|5||张示例
2|高新区|3||||
3|团市委||待定|||
合计||8|5|||
注：按期完成
"""
    Path("分解表.csv").write_bytes(as_csv(table))
    command = ["init", "新城", "--from", "分解表.csv", "--start", "2021Q1", "--end", "2023Q4", "--lang", "zh"]
    assert run(command) == 0
    assert capsys.readouterr().out == REPORT


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["full"], "full 里已有 a.txt 等内容，没有写入；请换一个空文件夹。"),
        (["file"], "file 是文件，不是文件夹；请换一个名称。"),
        (["new", "--start", "2021"], "“2021”不是报告期；应写成 2018Q2 这样。"),
        (["new", "--start", "2022Q1", "--end", "2021Q4"], "计划的结束 2021Q4 早于开始 2022Q1；请改正 --start 或 --end。"),
        (["new", "--from", "gone.xlsx"], "无法读写 gone.xlsx：没有这个文件或文件夹"),
        (["new", "--from", "no-table.csv"], "no-table.csv 里没有找到任务分解表：应有单位和指标（单位在行、指标在列，或每行一个单位一项指标）。没有写入。"),
        (["new", "--from", "broken.xlsx"], "读不出 broken.xlsx：文件不完整，可能传输中断。没有写入；表在 .doc、PDF 或图片里的，请复制到表格软件，另存后再试。"),
    ],
)  # fmt: skip
def test_what_is_refused_in_one_line_and_nothing_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("full").mkdir()
    Path("full/a.txt").touch()
    Path("file").touch()
    Path("no-table.csv").write_text("姓名,电话\n张示例,1\n", "utf-8")
    Path("broken.xlsx").write_bytes(as_workbook("单位|孵化器\n东河区|4")[:200])
    before = sorted(str(path) for path in Path().rglob("*"))
    assert run(["init", *arguments, "--lang", "zh"]) == 2
    assert capsys.readouterr().err == message + "\n"
    assert sorted(str(path) for path in Path().rglob("*")) == before


def test_an_empty_folder_is_filled_where_somebody_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "."]) == 0
    assert sorted(path.name for path in Path().iterdir()) == ["README.md", "config", "data"]
    assert run(["plan"]) == 0


def test_all_or_nothing(tmp_path: Path) -> None:
    def objects(folder: Path) -> None:
        assert (folder / "config" / "targets.yaml").is_file()
        raise OSError(28, "no space")

    folder = tmp_path / "city"
    folder.mkdir()
    with pytest.raises(OSError, match="no space"):
        put_folder(folder, {"config/targets.yaml": b"", "README.md": b""}, objects)
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")] == ["city"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ("2021Q1", "2023Q4")),  # it is May 2021
        ({"start": "2020Q2"}, ("2020Q2", "2022Q4")),
        ({"end": "2025Q2"}, ("2023Q1", "2025Q2")),
        ({"start": "2020Q1", "end": "2020Q4"}, ("2020Q1", "2020Q4")),
    ],
)
def test_when_a_plan_runs(tmp_path: Path, asked: dict[str, str], expected: tuple[str, str]) -> None:
    plan = made(tmp_path, None, **asked).plan
    assert (str(plan.start), str(plan.end)) == expected


def test_the_known_indicators_are_the_shipped_plans() -> None:
    shipped = {i.id: i for i in load_plan(Path("config/targets.yaml")).file.indicators}
    assert list(known_indicators()) == list(shipped)
    for name, known in known_indicators().items():
        own = shipped[name]
        assert (known.name, known.unit, known.counted, known.summed, known.over) == (
            own.name, own.unit.zh, own.count, own.sum, own.over,
        )  # fmt: skip
        where = {key: [value] if isinstance(value, str) else list(value) for key, value in own.where.items()}
        assert dict(known.where) == where


def test_the_criteria_are_the_shipped_ones() -> None:
    assert Path("src/mdj_plan/founding/criteria.yaml").read_bytes() == Path("config/criteria.yaml").read_bytes()


def test_ids_are_readable_and_unique(tmp_path: Path) -> None:
    table = "单位|孵化器\n东河区|1\n东河县|1\n市人力资源和社会保障局|1\n高新区|1\nXYZ集团|1"
    assert [unit.id for unit in made(tmp_path, table).plan.file.units] == [
        "donghe", "donghe2", "gaoxinqu", "rlzyhshbz", "xyzjt",
    ]  # fmt: skip


@pytest.mark.parametrize("suffix", ["xls", "ods", "et"])
def test_other_formats(tmp_path: Path, suffix: str) -> None:
    import pandas as pd
    import xlwt

    path = tmp_path / f"分解表.{suffix}"
    if suffix == "ods":
        pd.DataFrame([["东河区", 4]], columns=["单位", "孵化器"]).to_excel(path, index=False, engine="odf")  # type: ignore[arg-type] # the stubs do not know it
    else:
        book = xlwt.Workbook()
        sheet = book.add_sheet("表")
        for i, row in enumerate([("单位", "孵化器"), ("东河区", 4)]):
            for n, cell in enumerate(row):
                sheet.write(i, n, cell)
        book.save(str(path))
    assert made(tmp_path, path.read_bytes(), name=f"copy.{suffix}").owed == ["东河区 incubators 4"]


UNITS = st.lists(
    st.builds(
        lambda stem, end: stem + end,
        st.text("东西南北河山湖泉安平", min_size=2, max_size=3),
        st.sampled_from(["区", "县", "市", "旗", "开发区", "局", "委", "中心"]),
    ),
    min_size=1,
    max_size=6,
    unique=True,
)
INDICATORS = st.lists(
    st.sampled_from(list(known_indicators().values())), min_size=1, max_size=5, unique_by=lambda k: k.id
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[str]], dict[tuple[str, str], str]]:
    """A table, wide, long or turned, with headings as cities write them, and what it says of each unit and indicator."""
    units, indicators = draw(UNITS), draw(INDICATORS)
    figure = st.one_of(
        st.sampled_from(["", "—", "/"]),
        st.integers(1, 99999).map(str),
        st.decimals("0.01", "999", places=2).filter(lambda d: d > 0).map(str),
        st.integers(1, 500).map(lambda n: f"{n}以上"),
        st.integers(1, 9).map(lambda n: f"≥{n}"),
    )
    said = {(unit, known.id): draw(figure) for unit in units for known in indicators}
    words = [draw(st.sampled_from([known.name.zh, *known.words])) for known in indicators]
    wide = [["责任单位", *words], *([unit, *(said[unit, known.id] for known in indicators)] for unit in units)]
    long = [[unit, word, said[unit, known.id]] for unit in units for word, known in zip(words, indicators, strict=True)]
    turned = [list(column) for column in zip(["指标", *wide[0][1:]], *wide[1:], strict=True)]
    rows = draw(st.sampled_from([wide, [["责任单位", "指标", "目标"], *long], turned]))
    return [*draw(st.sampled_from([[], [["任务分解表"]]])), *rows], said


@settings(max_examples=40)
@given(tables())
def test_quotas_read_back_as_the_table_states_them(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[list[list[str]], dict[tuple[str, str], str]]
) -> None:
    rows, said = drawn
    plan = made(tmp_path_factory.mktemp("drawn"), "\n".join("|".join(row) for row in rows)).plan
    names = {unit.id: unit.name.zh for unit in plan.file.units}
    units = {known.id: known.unit for known in known_indicators().values()}
    expected = {
        key: figure
        for key, cell in said.items()
        if (figure := amount(cell, units[key[1]], None, floor=True)) is not None
    }
    assert {(names[t.unit], t.indicator): t.value for t in plan.owed if t.unit} == expected
    assert set(names.values()) == {unit for unit, _ in said}


def test_the_words_of_an_indicator_lead_to_no_other() -> None:
    told = tomllib.loads(Path("src/mdj_plan/founding/indicators.toml").read_text("utf-8"))
    words = [word for each in told.values() for word in (*each["words"], each["name"]["zh"])]
    assert len(words) == len(set(words))


def test_a_table_in_a_document(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("示川市2021—2023年双创载体建设任务分解表")
    document.add_paragraph("单位：家、万平方米")
    rows = [
        ["责任单位", "建设任务", "", "", "备注"],
        ["", "孵化器", "", "孵化面积", ""],
        ["", "总数", "国家级", "", ""],
        ["东山区", "4", "1", "1.5", ""],
        ["合计", "4", "1", "1.5", ""],
    ]
    table = document.add_table(len(rows), 5)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    for top, left, bottom, right in ((0, 0, 2, 0), (0, 1, 0, 3), (1, 1, 1, 2), (1, 3, 2, 3), (0, 4, 2, 4)):
        table.cell(top, left).merge(table.cell(bottom, right))
    out = io.BytesIO()
    document.save(out)
    plan = made(tmp_path, out.getvalue(), name="通知.docx")
    assert plan.owed[3:] == ["东山区 national_incubators 1", "东山区 incubators 4", "东山区 area 15000"]
    assert (plan.plan.file.plan.title.zh, str(plan.plan.end)) == ("示川市2021—2023年双创载体建设", "2023Q4")
    assert plan.sums[0] == ("B5", "incubators", 4, 4)


@pytest.mark.parametrize(
    ("what", "instead"),
    [
        pytest.param(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="99999999"/>', id="a cell over 99 999 999 columns"),
        pytest.param(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="x"/>', id="over no number of columns"),
        pytest.param(b"<w:tcPr>", b'<w:tcPr><w:vMerge w:val="continue"/>', id="below a cell that is not there"),
        pytest.param(b"</w:tbl>", b"", id="no end"),
    ],
)
def test_a_document_whose_table_is_damaged_is_refused(tmp_path: Path, what: bytes, instead: bytes) -> None:
    import docx

    document, whole, out = docx.Document(), io.BytesIO(), io.BytesIO()
    document.add_table(2, 2).cell(0, 0).text = "责任单位"
    document.save(whole)
    with zipfile.ZipFile(whole) as package, zipfile.ZipFile(out, "w") as spoilt:
        for part in package.namelist():
            spoilt.writestr(part, package.read(part).replace(what, instead, 1))
    with pytest.raises(NoBreakdownError):
        made(tmp_path, out.getvalue(), name="通知.docx")


@pytest.mark.parametrize("place", [4, 8])
def test_a_package_of_another_version_or_packing_is_refused(tmp_path: Path, place: int) -> None:
    """What zipfile says of it is no damage, and no defect of ours."""
    import docx

    out = io.BytesIO()
    docx.Document().save(out)
    data = bytearray(out.getvalue())
    at = data.index(b"PK\x01\x02")
    while at >= 0:
        data[at + 2 + place] = 99  # the version that is needed, or the method of packing
        at = data.find(b"PK\x01\x02", at + 1)
    with pytest.raises(NoBreakdownError):
        made(tmp_path, bytes(data), name="通知.docx")


def test_a_document_without_a_table_is_refused(tmp_path: Path) -> None:
    import docx

    out = io.BytesIO()
    docx.Document().save(out)
    with pytest.raises(NoBreakdownError) as refused:
        made(tmp_path, out.getvalue(), name="通知.docx")
    assert refused.value.fault is not None
    assert refused.value.fault.code == "F101"
