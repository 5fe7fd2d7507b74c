"""The gallery: for every finding code, a small return that raises it, and where.

Each example starts from returns without a fault and changes one thing. `docs/findings.md` shows them too.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PLAN = """\
schema: 1
plan: {id: gallery, title: {zh: 示例计划}, start: 2021Q1, end: 2022Q4}
quotas: ../data/quotas.csv
submissions: ../data/submissions
name_prefixes: [示例市]
unit_suffixes: [科技局]
units:
  - {id: east, kind: district, name: {zh: 东示区}, aliases: [东示]}
  - {id: west, kind: district, name: {zh: 西示区}}
  - {id: far, kind: district, name: {zh: 远示区}, participates: false}
  - {id: office, kind: department, name: {zh: 市示局}}
indicators:
  - {id: incubators, name: {zh: 孵化器}, unit: 家, count: facilities, where: {kind: incubator}}
targets:
  - {indicator: incubators, value: 4, clause: 一}
duties:
  - {id: publicity, unit: office, name: {zh: 宣传}, clause: 二}
bands:
  - {status: behind, from: 10}
"""
SUMS = PLAN.replace(
    "targets:\n",
    "  - {id: area, name: {zh: 孵化面积}, unit: ㎡, sum: area_m2}\ntargets:\n  - {indicator: area, value: 9, clause: 一}\n",
)
QUOTAS = "责任单位,指标,目标,依据\n东示区,孵化器,2,二\n西示区,孵化器,2,二\n"
HEAD = (
    "序号,载体名称,统一社会信用代码,载体类型,级别,认定文号,所在地区,责任部门,成立日期,运营状态,"
    "孵化面积（平方米）,在孵企业数（户）,本季新增毕业企业（户）,累计毕业企业（户）"
)
ONE = "1,示例甲孵化器,91990000MAXX00001R,孵化器,市级,,,,2015-03-02,运营,1200,20,1,5"
TWO = "2,示例乙孵化器,91990000MAXX00002W,孵化器,未认定,,,,2016-05-06,运营,900,12,0,3"
LAST_ONE, LAST_TWO = ONE.replace(",1,5", ",0,4"), TWO.replace(",0,3", ",1,3")
EAST, WEST, OFFICE = "2021Q2/东示区_2021Q2.csv", "2021Q2/西示区_2021Q2.csv", "2021Q2/市示局_2021Q2.csv"
BEFORE = "2021Q1/东示区_2021Q1.csv"


def cover(unit: str, quarter: str, *, kind: str = "正常", reported: str = "2021-07-05") -> str:
    return f"填报单位,{unit},,报告期,2021年第{quarter}季度\n报告类型,{kind},,报出日期,{reported}\n"


def table(unit: str, *rows: str, quarter: str = "二", head: str = HEAD, **covered: str) -> str:
    return cover(unit, quarter, **covered) + "\n".join([head, *rows]) + "\n"


def clean() -> dict[str, bytes]:
    """Returns of every unit for two quarters, without a fault."""
    duties = "\n任务,本季进展数,状态\n宣传,3,进行中\n"
    other = ONE.replace("示例甲", "示例丙").replace("MAXX00001R", "MAXX000030")
    return {
        name: text.encode()
        for name, text in {
            BEFORE: table("东示区", LAST_ONE, LAST_TWO, quarter="一", reported="2021-04-05"),
            EAST: table("东示区", ONE, TWO),
            WEST: table("西示区", other),
            OFFICE: cover("市示局", "二", kind="零报告") + duties,
        }.items()
    }


CLOSED = """\
{"tool": {"version": "0.3.0"}, "period": "2021Q2", "as_of": "2021-06", "edition": 1, "note": null,
 "closed_at": "2021-07-04T10:00:00+08:00", "hashes": {"plan": null, "quotas": null, "register": null},
 "returns": [], "gaps": []}
"""

Files = dict[str, bytes]


@dataclass(frozen=True)
class Example:
    """`change` makes the fault; the finding is expected at `cell` of `file` (both None: about no file)."""

    code: str
    says: str
    change: Callable[[Files], object]
    file: str | None = EAST
    cell: str | None = None
    value: str | None = None
    plan: str = PLAN
    quotas: str = QUOTAS
    options: dict[str, Any] = field(default_factory=dict)

    def files(self) -> Files:
        """The returns with the fault in them."""
        files = clean()
        self.change(files)
        return files


def row(old: str, new: str, name: str = EAST) -> Callable[[Files], object]:
    """Replace a text in a return."""

    def change(files: Files) -> None:
        before = files[name].decode()
        assert old in before, old
        files[name] = before.replace(old, new, 1).encode()

    return change


def content(data: bytes, name: str = EAST) -> Callable[[Files], object]:
    return lambda files: files.update({name: data})


def added(name: str, data: str) -> Callable[[Files], object]:
    return lambda files: files.update({name: data.encode()})


def decided(row: str) -> Callable[[Files], object]:
    """A decision of the joint meeting."""
    return added("../actions.csv", f"编号,事项,责任单位,完成时限\n{row}\n")


def excused(line: str) -> Callable[[Files], object]:
    """A finding that the office has accepted."""
    return added("../exceptions.csv", f"规则,单位,载体名称,字段,理由,有效至\n{line}\n")


def without(name: str) -> Callable[[Files], object]:
    return lambda files: files.pop(name)


def without_totals(name: str) -> Callable[[Files], object]:
    """Leave out a return's last column, 累计毕业企业, and give each row one graduate more, so that none has 0."""

    def change(files: Files) -> None:
        lines = [line.rpartition(",")[0] for line in files[name].decode().splitlines()]
        rows = [rest.rsplit(",", 1) for rest in lines[3:]]
        more = [f"{rest},{int(new) + (2 if name == EAST else 1)}" for rest, new in rows]
        files[name] = ("\n".join([*files[name].decode().splitlines()[:2], lines[2], *more]) + "\n").encode()

    return change


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b" " * 210_000_000)
    return out.getvalue()


def workbook(change: Callable[[Any], object], name: str = "2021Q2/东示区_2021Q2.xlsx") -> Callable[[Files], object]:
    """The east's return as a workbook, changed by openpyxl, in place of its CSV."""

    def make(files: Files) -> None:
        import csv

        from openpyxl import Workbook

        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = "季报"
        for line in csv.reader(io.StringIO(files.pop(EAST).decode())):
            sheet.append([float(cell) if cell.isdigit() else cell or None for cell in line])
        change(sheet)
        out = io.BytesIO()
        book.save(out)
        files[name] = out.getvalue()

    return make


XLSX = "2021Q2/东示区_2021Q2.xlsx"


def set_cell(cell: str, value: object) -> Callable[[Any], object]:
    return lambda sheet: sheet.__setitem__(cell, value)


def hide_row(sheet: Any) -> None:
    sheet.row_dimensions[5].hidden = True


EXAMPLES = (
    Example("F101", "盖章照片改名为报表", content(b"\x89PNG\r\n\x1a\n" + b"0" * 64)),
    Example("F102", "设了打开密码的 xls", content(b"", EAST), cell=None, options={"locked": True}),
    Example("F103", "零字节文件", content(b"")),
    Example("F104", "解压后极大的文件", content(bomb())),
    Example("F105", "最远处有一个字符", workbook(set_cell("XFD1048576", "x")), XLSX, "XFD1048576", "x"),
    Example(
        "F106",
        "网页表格名为 .xls",
        lambda f: f.update({EAST: f[EAST], "2021Q2/东示区_2021Q2.v2.xls": html(f)}),
        "2021Q2/东示区_2021Q2.v2.xls",
        None,
        ".xls",
    ),
    Example("F107", "编码不明的文本", content(b"a,b\n\x81\x20\xff,1\n" * 3)),
    Example("F108", "在孵企业数写成带逗号的 1,200", row("1200,20,1,5", "1200,1,200,1,5"), cell="L4", value="1,200"),
    Example("L101", "没有表格", content((cover("东示区", "二") + "说明,文字\n").encode())),
    Example("L102", "缺载体类型列", row(",载体类型,", ",楼层,"), cell=None),
    Example("L103", "在孵企业数有两列", row("序号,载体名称", "在孵企业数（户）,载体名称"), cell="L3"),
    Example("L104", "多一列楼层", row("序号,载体名称", "楼层,载体名称"), cell="A3", value=None),
    Example(
        "L105",
        "哪里都没写单位",
        lambda f: f.update({"2021Q2/附件.csv": f.pop(EAST).replace("东示区".encode(), b"")}),
        "2021Q2/附件.csv",
    ),
    Example("L106", "报告期写 2021.4", row("2021年第二季度", "2021.4"), cell="E1", value="2021.4"),
    Example("L107", "封面写三季度，放在二季度", row("2021年第二季度", "2021年第三季度"), cell="E1"),
    Example(
        "L108",
        "合计不符",
        lambda f: f.update({EAST: f[EAST] + "合计,,,,,,,,,,2200,32,1,8\n".encode()}),
        cell="K6",
        value="2200",
    ),
    Example("L109", "隐藏一行", workbook(hide_row), XLSX),
    Example(
        "L110",
        "计划截止后的季度",
        added("2023Q2/东示区.csv", table("东示区", ONE).replace("2021年", "2023年")),
        "2023Q2/东示区.csv",
        "E1",
        "2023年第二季度",
    ),
    Example("V101", "载体名称空白", row("示例乙孵化器", ""), cell="B5"),
    Example("V102", "待核实", row(",20,1,5", ",待核实,1,5"), cell="L4", value="待核实"),
    Example("V103", "约500", row(",1200,", ",约500,"), cell="K4", value="约500"),
    Example("V104", "负数", row(",20,1,5", ",-3,1,5"), cell="L4", value="-3"),
    Example("V105", "12.5 户", row(",20,1,5", ",12.5,1,5"), cell="L4", value="12.5"),
    Example("V106", "级别区级", row(",市级,", ",区级,"), cell="E4", value="区级"),
    Example("V107", "没有这一天", row("2015-03-02", "2015年13月45日"), cell="I4", value="2015年13月45日"),
    Example("V108", "校验位不符", row("MAXX00001R", "MAXX00001C"), cell="C4", value="91990000MAXX00001C"),
    Example("V109", "公式未计算", workbook(set_cell("K4", "=600*2")), XLSX, "K4", "=600*2"),
    Example("V110", "#DIV/0!", workbook(set_cell("L4", "#DIV/0!")), XLSX, "L4", "#DIV/0!"),
    Example("V111", "面积 1.2", row(",1200,20,", ",1.2,,"), cell="K4", value="1.2"),
    Example("V112", "新增大于累计", row(",1,5", ",6,5"), cell="M4", value="6"),
    Example("V113", "没有这个部门", row("市级,,,,", "市级,,,东岸局,"), cell="H4", value="东岸局"),
    Example(
        "V114",
        "表头为万平方米",
        lambda f: (row("（平方米）", "（万平方米）")(f), row(",1200,", ",0.12,")(f), row(",900,", ",0.09,")(f)),
        cell="K3",
    ),
    Example("V115", "没有信用代码", row("91990000MAXX00001R", ""), cell="C4", value=""),
    Example("V116", "省级没有文号", row(",市级,", ",省级,"), cell="F4", value=""),
    Example("V117", "没有运营状态", row(",运营,1200", ",,1200"), cell="J4", value=""),
    Example("V118", "20户", row(",20,1,5", ",20户,1,5"), cell="L4", value="20户"),
    Example(
        "V119",
        "众创空间没有面积和工位",
        row("孵化器,市级,,,,2015-03-02,运营,1200", "众创空间,市级,,,,2015-03-02,运营,"),
        cell="K4",
        value="",
    ),
    Example(
        "V120", "孵化面积两行空白", lambda f: (row(",1200,", ",,")(f), row(",900,", ",,")(f)), cell="K4", plan=SUMS
    ),
    Example("V121", "合并单元格盖住一个数", workbook(lambda s: s.merged_cells.add("L4:L5")), XLSX, "L5", "12"),
    Example("S101", "西示区未报", without(WEST), None),
    Example("S102", "迟报", row("2021-07-05", "2021-07-23"), value="2021-07-23"),
    Example("S103", "同一版有两份", lambda f: f.update({"2021Q2/east.csv": f[EAST]}), EAST),
    Example("S104", "填了西示区的载体", row("未认定,,,,", "未认定,,西示区,,"), cell="G5", value="西示区"),
    Example("S105", "与上期相同", lambda f: f.update({EAST: table("东示区", LAST_ONE, LAST_TWO).encode()})),
    Example("S106", "空表未声明零报告", lambda f: f.update({WEST: table("西示区").encode()}), WEST),
    Example(
        "S107", "不参加的单位", added("2021Q2/远示区_2021Q2.csv", table("远示区", ONE)), "2021Q2/远示区_2021Q2.csv"
    ),
    Example("S108", "接收后被改动", lambda f: f, options={"receipt": "0" * 64}),
    Example(
        "S109",
        "公布后才报来",
        lambda f: f,
        options={"closed": CLOSED},
    ),
    Example(
        "S110",
        "四季度的报表四月就报了",
        added("2021Q4/东示区.csv", table("东示区", ONE, quarter="四", reported="2021-04-05")),
        "2021Q4/东示区.csv",
        "E2",
        "2021-04-05",
    ),
    Example("S111", "没有一个数字", lambda f: (row(",1200,20,1,5", ",,,,")(f), row(",900,12,0,3", ",,,,")(f))),
    Example(
        "S112",
        "更正只报了一行",
        added("2021Q2/东示区_2021Q2.v2.csv", table("东示区", ONE)),
        "2021Q2/东示区_2021Q2.v2.csv",
    ),
    Example("S113", "报出日期是十三个月后", row("2021-07-05", "2022-08-05"), cell="E2", value="2022-08-05"),
    Example(
        "X101",
        "同一载体两行",
        lambda f: f.update({EAST: f[EAST] + ONE.replace("1,示例甲", "3,示例市示例甲", 1).encode() + b"\n"}),
        cell="B6",
        value="示例市示例甲孵化器",
    ),
    Example(
        "X102", "两区同报", row("示例丙孵化器,91990000MAXX000030", "示例甲孵化器,91990000MAXX00001R", WEST), WEST, "B4"
    ),
    Example(
        "X103",
        "两区数字不同",
        lambda f: (
            row("示例丙孵化器,91990000MAXX000030", "示例甲孵化器,91990000MAXX00001R", WEST)(f),
            row(",1200,", ",1250,", WEST)(f),
        ),
        WEST,
        "K4",
        "1250",
    ),
    Example("X104", "累计下降", row(",20,1,5", ",20,1,3"), cell="N4", value="3"),
    Example("X105", "累计不衔接", row(",20,1,5", ",20,1,9"), cell="N4", value="9"),
    Example("X106", "载体消失", row(TWO + "\n", ""), value="示例乙孵化器"),
    Example("X107", "面积突变", row(",1200,", ",2000,"), cell="K4", value="2000"),
    Example("X108", "级别降低", row(",市级,", ",未认定,"), cell="E4"),
    Example("X109", "同一代码另一名称", row("示例甲孵化器", "示例丁孵化器"), cell="B4", value="示例丁孵化器"),
    Example("X110", "同名另一代码", row("91990000MAXX00001R", "91990000MAXX000030"), cell="B4", value="示例甲孵化器"),
    Example(
        "X111",
        "孵化器又报成众创空间",
        row("示例丙孵化器,91990000MAXX000030,孵化器", "示例甲孵化器,91990000MAXX00001R,众创空间", WEST),
        WEST,
        "D4",
        "众创空间",
    ),
    Example("X112", "没有累计，季季增加", lambda f: (without_totals(BEFORE)(f), without_totals(EAST)(f))),
    Example(
        "P101", "分解不足", lambda f: f, "targets.yaml", "15:5", "4", quotas=QUOTAS.replace(",2,二\n西", ",1,二\n西")
    ),
    Example("P102", "目标重复", lambda f: f, "quotas.csv", "C4", "3", quotas=QUOTAS + "东示区,孵化器,3,二\n"),
    Example(
        "P103",
        "节点不递增",
        lambda f: f,
        "targets.yaml",
        "15:5",
        "0 → 9 → 4",
        plan=PLAN.replace("clause: 一", "clause: 一, milestones: {2021Q4: 9}"),
    ),
    Example(
        "P104",
        "没有依据",
        lambda f: f,
        "quotas.csv",
        "C2",
        "2",
        quotas=QUOTAS.replace("东示区,孵化器,2,二", "东示区,孵化器,2,"),
    ),
    Example("P105", "没报宣传", lambda f: f.update({OFFICE: cover("市示局", "二", kind="零报告").encode()}), OFFICE),
    Example("P106", "没有这条规则", excused("X17,东示区,,,扩建,2021Q4"), "exceptions.csv", "A2", "X17"),
    Example(
        "P107",
        "例外到期，面积又变",
        lambda f: (row(",1200,", ",2000,")(f), excused("X107,东示区,示例甲孵化器,,扩建,2021Q1")(f)),
        "exceptions.csv",
        "A2",
        "X107",
    ),
    Example("P108", "例外没有用上", excused("X107,东示区,示例甲孵化器,,扩建,2021Q4"), "exceptions.csv", "A2", "X107"),
    Example("P109", "逾期未办结", decided("1,再建一家,东示区,2021-06-20"), "actions.csv", "A2", "1"),
    Example("P110", "单位写错", decided("1,再建一家,东岸区,2021-09-30"), "actions.csv", "C2", "东岸区"),
    Example("P111", "分解表合计不符", lambda f: f, "quotas.csv", "C4", "9", quotas=QUOTAS + "合计,孵化器,9,\n"),
)


def html(files: Files) -> bytes:
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split(",")) + "</tr>"
        for line in files[EAST].decode().splitlines()
    )
    return f"<html><body><table>{rows}</table></body></html>".encode()
