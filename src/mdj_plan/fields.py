"""The rows of a return, declared once: what each column is called, what it holds, in which measure unit (contract 1).

Everything else is taken from these annotations: the words of headers, templates, frames, the pages of documentation,
the JSON schema of a return, and what reading validates its columns by (`intake.door`). A plan may add columns of its
own (`Plan.fields`). Synonyms of headers are data: `headers.csv` in `intake.layout`.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, get_args

from mdj_plan.marks import Within, record
from mdj_plan.names import Words
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from pydantic_core.core_schema import CoreSchema


class Headed(NamedTuple):
    """The column of a field: its header in the template, its name in English, the measure unit its values are kept in.

    `part_of` is the field that must not be exceeded (V112); `required`: without the column a table cannot be read
    (L102), without its value a row does not count (V101); `accreditation`: criteria of accreditation alone ask for it,
    unless a target of the plan sums it.
    """

    header: str
    english: str
    measure: str = ""
    part_of: str = ""
    required: bool = False
    accreditation: bool = False

    def __get_pydantic_json_schema__(self, schema: "CoreSchema", handler: Callable[[Any], Any]) -> dict[str, Any]:
        label = f"{self.header}（{self.measure}）" if self.measure else self.header
        return {**handler(schema), "title": label, "description": self.english}


class Listed(NamedTuple):
    """One of the listed words, or (of a tuple) several: pairs of the template's word and the value that is kept."""

    words: tuple[tuple[str, str], ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> "CoreSchema":
        from pydantic_core.core_schema import literal_schema, tuple_variable_schema

        one = literal_schema([value for _, value in self.words])
        return one if source is str else tuple_variable_schema(one)


class UnitId(NamedTuple):
    """The id of a unit of the plan: a district or a department."""

    kind: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> "CoreSchema":
        schema: CoreSchema = handler(source)
        return schema


class CreditCode:
    """A unified social credit code (GB 32100): 18 figures and letters, the last of them a check digit."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> "CoreSchema":
        from pydantic_core.core_schema import str_schema

        return str_schema(min_length=18, max_length=18)  # its characters and its sum are the parser's business

    def __get_pydantic_json_schema__(self, schema: "CoreSchema", handler: Callable[[Any], Any]) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9A-HJ-NPQRTUWXY]{18}$"}


Count = Annotated[int, Within(ge=0)]
Figure = Annotated[Decimal, Within(ge=0)]
Code = Annotated[str, CreditCode()]
District = Annotated[str, UnitId("district")]
Department = Annotated[str, UnitId("department")]
Kind = Annotated[str, Listed((("孵化器", "incubator"), ("众创空间", "makerspace"), ("大学科技园", "science_park")))]
Level = Annotated[
    str, Listed((("国家级", "national"), ("省级", "provincial"), ("市级", "municipal"), ("未认定", "none")))
]
Titles = Annotated[tuple[str, ...], Listed((("省级示范", "provincial"), ("典型示范", "typical")))]
State = Annotated[str, Listed((("筹建", "planned"), ("在建", "building"), ("运营", "operating"), ("停运", "closed")))]
Progress = Annotated[str, Listed((("未启动", "not_started"), ("进行中", "in_progress"), ("已完成", "done")))]
Report = Annotated[str, Listed((("正常", "normal"), ("零报告", "nil"), ("无变化", "unchanged")))]


@record
class FacilityRow:
    """One row of facilities: "this facility counts for me". None is blank, or unusable.

    Areas in ㎡, the fund in 10,000 yuan, everything else in pieces. `demonstration` is in the template's order,
    `region` and `department` are unit ids.
    """

    name: Annotated[str | None, Headed("载体名称", "facility name", required=True)] = None
    credit_code: Annotated[Code | None, Headed("统一社会信用代码", "unified social credit code")] = None
    kind: Annotated[Kind | None, Headed("载体类型", "facility kind", required=True)] = None
    level: Annotated[Level | None, Headed("级别", "level")] = None
    level_document: Annotated[str | None, Headed("认定文号", "document granting the level")] = None
    demonstration: Annotated[Titles | None, Headed("示范类型", "demonstration title")] = None
    region: Annotated[District | None, Headed("所在地区", "district")] = None
    department: Annotated[Department | None, Headed("责任部门", "responsible department")] = None
    field: Annotated[str | None, Headed("专业领域", "field of business")] = None
    founded: Annotated[dt.date | None, Headed("成立日期", "date founded")] = None
    state: Annotated[State | None, Headed("运营状态", "operating state")] = None
    area_m2: Annotated[Figure | None, Headed("孵化面积", "incubation area (m²)", "平方米")] = None
    tenant_area_m2: Annotated[
        Figure | None, Headed("在孵企业使用面积", "area used by tenants (m²)", "平方米", part_of="area_m2")
    ] = None
    tenants: Annotated[Count | None, Headed("在孵企业数", "tenant firms", "户")] = None
    new_graduates: Annotated[
        Count | None, Headed("本季新增毕业企业", "new graduates this quarter", "户", part_of="graduates_total")
    ] = None
    graduates_total: Annotated[Count | None, Headed("累计毕业企业", "graduates in all", "户")] = None
    fund_10k: Annotated[
        Figure | None, Headed("孵化资金", "incubation fund (10,000 yuan)", "万元", accreditation=True)
    ] = None
    staff: Annotated[Count | None, Headed("从业人员", "staff", "人", accreditation=True)] = None
    professional_staff: Annotated[
        Count | None, Headed("专业孵化服务人员", "professional staff", "人", part_of="staff", accreditation=True)
    ] = None
    mentors: Annotated[Count | None, Headed("创业导师", "mentors", "人", accreditation=True)] = None
    funded_tenants: Annotated[
        Count | None, Headed("获投融资在孵企业", "funded tenants", "户", part_of="tenants", accreditation=True)
    ] = None
    patent_tenants: Annotated[
        Count | None,
        Headed("已申请专利在孵企业", "tenants that applied for patents", "户", part_of="tenants", accreditation=True),
    ] = None
    ip_tenants: Annotated[
        Count | None,
        Headed("拥有有效知识产权在孵企业", "tenants with valid IP", "户", part_of="tenants", accreditation=True),
    ] = None
    workplaces: Annotated[Count | None, Headed("创业工位", "workplaces", "个", accreditation=True)] = None
    teams: Annotated[Count | None, Headed("入驻团队", "resident teams", "个", accreditation=True)] = None
    new_firms: Annotated[
        Count | None, Headed("当年新注册企业", "firms registered this year", "户", accreditation=True)
    ] = None
    cases: Annotated[Count | None, Headed("典型案例", "typical cases", "个", accreditation=True)] = None
    events: Annotated[Count | None, Headed("当年活动", "events this year", "场次", accreditation=True)] = None
    note: Annotated[str | None, Headed("备注", "note")] = None


@record
class DutyRow:
    """One row of duties: `duty` is the duty's id, `progress` this quarter's figure in the duty's own measure."""

    duty: Annotated[str | None, Headed("任务", "duty", required=True)] = None
    progress: Annotated[Figure | None, Headed("本季进展数", "progress this quarter")] = None
    status: Annotated[Progress | None, Headed("状态", "status")] = None
    evidence: Annotated[str | None, Headed("佐证材料", "evidence")] = None
    remark: Annotated[str | None, Headed("说明", "remark")] = None


@record
class Cover:
    """What a return says of itself, beside its labels."""

    unit: Annotated[str | None, Headed("填报单位", "reporting unit")] = None
    period: Annotated[str | None, Headed("报告期", "period")] = None
    cutoff: Annotated[dt.date | None, Headed("数据截止日", "data cut-off date")] = None
    author: Annotated[str | None, Headed("填表人", "author")] = None
    reviewer: Annotated[str | None, Headed("审核人", "reviewer")] = None
    phone: Annotated[str | None, Headed("联系电话", "telephone")] = None
    reported: Annotated[dt.date | None, Headed("报出日期", "date of report")] = None
    type: Annotated[Report | None, Headed("报告类型", "report type")] = None


@record
class Return:
    """What a return holds, once read and validated."""

    cover: Cover
    facilities: tuple[FacilityRow, ...] = ()
    duties: tuple[DutyRow, ...] = ()


class Field(NamedTuple):
    """One column of a return, as the program asks about it.

    `type` is one of text, code, choice, choices, unit, date, number (Decimal ≥ 0), whole (integer ≥ 0). `measure` is
    the measure unit in which the value is kept ("" where it has none). `choices` are the listed words and the values
    kept for them. `marks` are the type of its values and what narrows it, as its annotation says: reading validates by
    them; where there are none (a plan's own column) they are those of its `type`.
    """

    id: str
    header: str
    type: str
    measure: str = ""
    english: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    marks: tuple[Any, ...] = ()

    @property
    def declared(self) -> tuple[Any, ...]:
        """The type of its values and what narrows it."""
        return self.marks or (*_MARKS[self.type], *([Listed(self.choices)] if self.choices else ()))

    @property
    def label(self) -> Words:
        """The column's name in both languages, the Chinese one as in the template."""
        return Words(f"{self.header}（{self.measure}）" if self.measure else self.header, self.english)

    @property
    def words(self) -> dict[str, str]:
        """The template's word for each listed value."""
        return {kept: word for word, kept in self.choices}

    @property
    def unit_kind(self) -> str:
        """The kind of unit whose id the field holds; "" where it holds none."""
        return next((mark.kind for mark in self.marks if isinstance(mark, UnitId)), "")

    @property
    def numeric(self) -> bool:
        """Whether the field holds a number."""
        return self.type in {"number", "whole"}


_TYPES: Mapping[Any, str] = {Decimal: "number", int: "whole", dt.date: "date", str: "text", tuple[str, ...]: "choices"}
_MARKS: Mapping[str, tuple[Any, ...]] = {
    "text": (str,),
    "choice": (str,),
    "date": (dt.date,),
    "number": get_args(Figure),
    "whole": get_args(Count),
}
"""The types that a plan may choose for a column of its own."""
_STRICTER: Mapping[type, str] = {CreditCode: "code", UnitId: "unit"}


def _headed(declared: "dataclasses.Field[Any]") -> Headed:
    """The column that a field of a row is declared with."""
    headed: Headed = get_args(declared.type)[1]
    return headed


def _heads(row: type[Any]) -> dict[str, Headed]:
    return {each.name: _headed(each) for each in dataclasses.fields(row)}


def _fields(row: type[Any]) -> dict[str, Field]:
    """The columns of a declared row by id, in order."""
    found = {}
    for each in dataclasses.fields(row):
        headed = _headed(each)
        stated = get_args(get_args(each.type)[0])[0]  # Annotated[stated | None, headed]
        base, *marks = get_args(stated) if hasattr(stated, "__metadata__") else (stated,)
        words = next((mark.words for mark in marks if isinstance(mark, Listed)), ())
        type_ = next((_STRICTER[type(mark)] for mark in marks if type(mark) in _STRICTER), _TYPES[base])
        type_ = "choice" if words and type_ == "text" else type_
        found[each.name] = Field(each.name, headed.header, type_, headed.measure, headed.english, words, (base, *marks))
    return found


FIELDS: Mapping[str, Field] = _fields(FacilityRow)
"""The template's columns of facilities by id; a plan adds its own (`Plan.fields`)."""
DUTY_FIELDS: Mapping[str, Field] = _fields(DutyRow)
"""The columns of the duties table by id."""
COVER: Mapping[str, Field] = _fields(Cover)
"""What the cover states, by id."""
COVER_FIELDS: Mapping[str, str] = {field.id: field.header for field in COVER.values()}
"""The cover's labels by id."""
NO_FIELDS = ("_index", "_other")
"""What else a header word may stand for: a column that is passed over, and a word that makes a column another's."""
CHOICES: Mapping[str, Mapping[str, str]] = {
    field.id: dict(field.choices)
    for fields in (FIELDS, DUTY_FIELDS, COVER)
    for field in fields.values()
    if field.choices
}
"""Listed texts of the template and their canonical values, by field."""
REQUIRED = tuple(name for name, headed in _heads(FacilityRow).items() if headed.required)
"""Without these columns a facilities table cannot be read (L102); without these values a row does not count (V101)."""
ACCREDITATION = frozenset(name for name, headed in _heads(FacilityRow).items() if headed.accreditation)
"""Columns for accreditation alone, which the blank return has on a page of their own."""
LEVELS: Mapping[str | None, int] = {
    None: 0,
    **{level: place for place, (_, level) in enumerate(reversed(FIELDS["level"].choices))},
}
"""The rank of each level, which are declared from the highest down: none is 0, also where it is blank."""
PARTS = tuple((name, headed.part_of) for name, headed in _heads(FacilityRow).items() if headed.part_of)
"""Part and whole: a part greater than its whole is blank (V112)."""
