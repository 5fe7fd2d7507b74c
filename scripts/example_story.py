"""The story of the example data: what opens where and when, who claims it, who reports late, what goes wrong.

Everything here is invented. The tables are read by `facilities` and `reporters`; the rest of the figures are drawn
from generators seeded with the facility's name (scripts/example_returns.py).
"""

from __future__ import annotations

import datetime as dt
import functools
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from mdj_plan.period import Period, span

if TYPE_CHECKING:
    from mdj_plan.plan.model import Plan

PERIODS = span(Period(2017, 1), Period(2018, 2))

# A line with one word says where the following facilities stand (zone.jk and zone.gx are the members of the zone).
# opens      first quarter in operation, "-": before the plan; -..18Q1 closed in 2018Q1. A new one is listed as 筹建 and
#            在建 in the two quarters before
# area       ㎡
# tenants    at the start, and the mean growth a quarter
# graduates  in all before the plan, then in each quarter from 2017Q1
# also       who claims it besides the place; only:… who claims it instead
# honours    level (else 未认定) and titles, from the beginning or from a quarter
FACILITIES = """
facility                   opens    area   tenants  graduates   also        honours
dongan
示例春雨创业孵化器         -        10400  10+2.4   6:001001    hr          省级,典型示范@17Q2,省级示范@17Q4
示例晓山科技孵化器         -        5200   5+0.8    2:000000    -           市级
示例星火科技企业孵化器     17Q3     4300   3+0.7    0:000000    -           市级@17Q4
示例北辰检测服务孵化器     18Q1     3800   3+1.2    0:000000    -           -
示例雪原众创空间           -        860    2+0.4    1:000000    -           省级,省级示范@17Q4
示例清泉创客空间           -        540    2+0.3    0:000000    -           市级
示例远航青年众创空间       -        920    2+1      0:000001    youth       市级,典型示范@17Q3
示例飞燕众创空间           17Q4     600    1+0.5    0:000000    -           -
示例同乐创客空间           18Q2     480    2+0.5    0:000000    -           -
yangming
示例拓荒科技孵化器         -        6400   5+0.7    3:000000    -           市级
示例晴川材料科技孵化器     17Q4     3600   3+0.5    0:000000    -           -
示例听涛众创空间           -        700    2+0.2    0:000000    -           市级
示例枫叶创客空间           -        450    1+0.4    0:000000    -           市级
示例海棠众创空间           18Q1     520    2+0.5    0:000000    -           -
aimin
示例博雅大学科技园         -        12600  10+1.5   4:000100    education   省级,典型示范@17Q3
示例求索科技孵化器         17Q3     3900   4+0.6    0:000000    -           市级@18Q1
示例木棉生物科技孵化器     18Q2     3200   4+1      0:000000    -           -
示例微光众创空间           -        780    3+0.3    0:000000    -           省级,典型示范@18Q2
示例石榴创客空间           -        430    1+0.4    0:000000    -           市级
示例竹简文化众创空间       17Q2     560    1+0.5    0:000000    -           -
示例明灯众创空间           17Q4     500    2+0.4    0:000000    -           -
xian
示例绿洲环保科技孵化器     18Q2     5600   6+1      0:000000    -           -
示例长风科技孵化器         18Q2     3400   4+1      0:000000    -           -
示例巧手众创空间           -        640    2+0.6    0:000000    women       市级
示例彩虹创客空间           -..18Q1  380    1+0.3    0:000000    -           市级
示例新苗众创空间           17Q3     520    2+0.4    0:000000    -           -
示例丁香巾帼众创空间       18Q1     460    2+1      0:000000    only:women  -
linkou
示例山楂农产品加工孵化器   18Q3     3000   4+1      0:000000    -           -
示例云帆众创空间           18Q1     420    2+0.5    0:000000    -           -
hailin
示例沃野农业科技孵化器     -        7200   5+0.8    3:000010    -           省级
示例金穗科技孵化器         17Q4     3500   3+0.7    0:000000    -           -
示例麦田食品科技孵化器     18Q2     2800   3+1      0:000000    -           -
示例向阳众创空间           -        620    2+0.3    0:000000    -           市级
示例初心创客空间           -        400    1+0.4    0:000000    -           市级
示例聚力众创空间           17Q2     480    1+0.6    0:000000    -           -
ningan
示例稻香科技孵化器         -        4800   3+0.4    1:000000    -           市级
示例灵犀众创空间           -        500    1+0.5    0:000000    -           市级
示例同舟农民众创空间       17Q3     740    3+1      0:000000    agriculture 市级@17Q4,典型示范@18Q1
muling
示例赤松科技孵化器         -        4100   3+0.4    1:000000    -           市级
示例橡树林业科技孵化器     18Q1     3300   3+0.7    0:000000    -           -
示例溪流众创空间           -        460    1+0.4    0:000000    -           市级
示例白鹭创客空间           18Q1     390    1+0.6    0:000000    -           -
dongning
示例海鸥电子商务孵化器     -        6800   6+1.2    2:010000    commerce    省级,典型示范@18Q1
示例鸿雁跨境众创空间       -        580    2+0.4    0:000000    -           市级
示例驯鹿创客空间           17Q2     440    1+0.5    0:000000    -           -
zone.jk
示例启明科技企业孵化器     -        22000  24+3.4   17:000101   -           省级,国家级@17Q4,省级示范@17Q2,典型示范@18Q1
示例铁砧装备制造孵化器     -        14000  9+1      5:000000    -           省级
示例淬火工业设计孵化器     17Q3     9000   6+1      0:000000    industry    市级@17Q4,典型示范@17Q4
示例精工科技孵化器         18Q1     7600   5+1.5    0:000000    yangming    -
示例千帆众创空间           -        1480   4+0.6    2:000000    -           省级,国家级@18Q1,典型示范@18Q2
示例齿轮创客空间           -        900    3+0.3    0:000000    -           市级
示例车间众创空间           17Q3     760    2+0.5    0:000000    -           -
zone.gx
示例灯塔软件孵化器         17Q2     8600   7+1.2    0:000010    -           市级@17Q4
示例算珠信息科技孵化器     17Q4     5200   5+1      0:000000    -           -
示例蓝图众创空间           -        820    2+0.5    0:000000    -           市级
示例数芯创客空间           18Q1     680    2+0.5    0:000000    -           -
"""

# form     xlsx, or csv in the encoding named
# cover    pairs: label and value in two cells; joined: "填报单位：东安区" in one
# total    whether there is a 合计 row
# days     after the end of the quarter on which the return arrives
# receipt  no: only the date on the cover says when
REPORTERS = """
reporter    form      cover  total days receipt
dongan      xlsx      pairs  yes   8    yes
yangming    xlsx      joined yes   9    yes
aimin       xlsx      pairs  yes   12   yes
xian        xlsx      pairs  no    10   yes
linkou      utf-8-sig joined yes   14   yes
hailin      xlsx      joined yes   11   yes
ningan      xlsx      pairs  yes   13   yes
muling      xlsx      pairs  yes   12   yes
dongning    xlsx      joined no    7    no
zone        xlsx      pairs  yes   10   yes
zone.jk     xlsx      pairs  yes   10   yes
zone.gx     xlsx      pairs  yes   12   yes
science     xlsx      pairs  no    5    yes
hr          xlsx      pairs  no    9    yes
agriculture gb18030   joined no    12   yes
commerce    xlsx      pairs  no    8    yes
education   xlsx      joined no    11   yes
industry    xlsx      pairs  no    10   yes
union       xlsx      pairs  no    6    no
youth       utf-8-sig pairs  no    9    yes
women       xlsx      pairs  no    13   yes
finance     xlsx      pairs  no    14   yes
media       xlsx      joined no    8    yes
"""

MEMBERS = {"zone.jk": "牡丹江经济技术开发区", "zone.gx": "牡丹江高新技术产业开发区"}
SINGLY_FROM = Period(2017, 3)  # until then the zone reports as one
MISSING = {("muling", "2017Q4"), ("zone.gx", "2017Q4")}
UNCHANGED = {("dongning", "2017Q4")}
CORRECTED = {("hr", "2017Q1"): 2, ("dongan", "2018Q1"): 78}  # a version 2 follows, so many days after the first
FORGOTTEN = {("dongan", "2018Q1"): "示例北辰检测服务孵化器"}  # version 1 still tells of it what held a quarter before
SENT_BACK = {("ningan", "2018Q2"): 6, ("hailin", "2018Q3"): 9}  # an attempt with errors, so many days after the quarter
CLOSED = Period(2018, 1)  # published before the correction came
CLOSED_AT = dt.datetime(2018, 5, 10, 16, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
LATE = {  # days after the end of the quarter
    ("women", "2017Q2"): 18,
    ("linkou", "2017Q3"): 24,
    ("finance", "2018Q1"): 20,
    ("linkou", "2018Q2"): 19,
    ("media", "2018Q2"): 17,
}

# duty, progress by quarter (None: the return says nothing of it), evidence
DUTIES: dict[str, tuple[str, tuple[int | None, ...], str]] = {
    "science": ("coordination", (1, 1, 1, 2, 1, 1), "示例督查通报"),
    "finance": ("funding", (0, 120, None, 260, 80, 150), "示例拨款文件"),
    "media": ("publicity", (4, 6, 5, 9, 6, 8), "示例报道清单"),
}


class Typed(NamedTuple):
    """What somebody typed over a facility's value, or over the 合计 row; with what `receive` counts for it."""

    reporter: str
    period: str
    name: str
    field: str
    text: str | int
    errors: int = 0
    warnings: int = 0
    version: int = 1  # 0: the attempt that was sent back


TYPED = (
    Typed("hr", "2017Q1", "示例春雨创业孵化器", "tenants", "10余", errors=1),  # in version 1 only
    Typed("hailin", "2017Q1", "示例沃野农业科技孵化器", "tenants", "5户"),
    Typed("yangming", "2017Q2", "示例枫叶创客空间", "level", "同上"),
    Typed("ningan", "2017Q2", "合计", "area_m2", 5800, warnings=1),
    Typed("aimin", "2017Q3", "示例石榴创客空间", "tenants", "约2", errors=1),
    Typed("ningan", "2018Q2", "示例稻香科技孵化器", "tenants", "5余", errors=1, version=0),
    Typed("ningan", "2018Q2", "示例灵犀众创空间", "area_m2", "五百", errors=1, version=0),
    Typed("hailin", "2018Q3", "示例金穗科技孵化器", "tenants", "约6", errors=1, version=0),
    Typed("hailin", "2018Q3", "示例聚力众创空间", "kind", "双创基地", errors=1, version=0),
    Typed("hailin", "2018Q3", "示例向阳众创空间", "area_m2", -620, errors=1, version=0),
    *(
        Typed("xian", period, "示例长风科技孵化器", "credit_code", "", warnings=1)
        for period in ("2017Q4", "2018Q1", "2018Q2")
    ),
)


def kind_of(name: str) -> str:
    """The kind of a facility as in the template, which its name ends with or suggests."""
    return next((kind for kind in ("孵化器", "大学科技园") if name.endswith(kind)), "众创空间")


class Alias(NamedTuple):
    """Another name of a facility: with one reporter, or with everybody before a quarter."""

    name: str
    alias: str
    kind: str
    reason: str
    reporter: str = ""
    before: Period = Period(9999, 1)

    @property
    def own_kind(self) -> str:
        """The kind of the facility itself."""
        return kind_of(self.name)


ALIASES = (
    Alias("示例博雅大学科技园", "示例博雅科技企业孵化器", "孵化器", "示例：同一经营主体，区里按孵化器统计", "aimin"),
    Alias("示例聚力众创空间", "示例聚力创客空间", "众创空间", "示例：2018年第一季度更名", before=Period(2018, 1)),
)


class Facility(NamedTuple):
    """One line of the story. `opens` None: before the plan. `honours` are (level or title, from when)."""

    place: str
    name: str
    opens: Period | None
    closes: Period | None
    area: int
    tenants: int
    growth: Decimal
    graduates_before: int
    graduates: tuple[int, ...]
    claims: tuple[str, ...]
    honours: tuple[tuple[str, Period | None], ...]

    @property
    def kind(self) -> str:
        """As in the template, from the name."""
        return kind_of(self.name)


class Reporter(NamedTuple):
    """One line of the table of reporters; `unit` without the member, `name` as on the cover."""

    id: str
    unit: str
    name: str
    form: str
    cover: str
    total: bool
    days: int
    receipt: bool


@functools.cache
def facilities() -> tuple[Facility, ...]:
    """The facilities of the story, in its order."""
    place, found = "", []
    for words in (line.split() for line in FACILITIES.strip().splitlines()[1:]):
        if len(words) == 1:
            place = words[0]
            continue
        name, life, area, tenants, graduates, also, honours = words
        opens, _, closes = life.partition("..")
        first, _, growth = tenants.partition("+")
        before, _, quarters = graduates.partition(":")
        claims = (place,) if also == "-" else (place, also)
        if also.startswith("only:"):
            claims = (also.removeprefix("only:"),)
        titles = () if honours == "-" else tuple(_since(word) for word in honours.split(","))
        facility = Facility(
            place,
            name,
            _quarter(opens),
            _quarter(closes),
            int(area),
            int(first),
            Decimal(growth),
            int(before),
            tuple(map(int, quarters)),
            claims,
            titles,
        )
        found.append(facility)
    return tuple(found)


def reporters(plan: Plan) -> tuple[Reporter, ...]:
    """Who reports, in the plan's order."""
    found = []
    for words in (line.split() for line in REPORTERS.strip().splitlines()[1:]):
        name, form, cover, total, days, receipt = words
        unit = name.partition(".")[0]
        title = MEMBERS.get(name) or plan.units[unit].name.zh
        found.append(Reporter(name, unit, title, form, cover, total == "yes", int(days), receipt == "yes"))
    return tuple(found)


def _quarter(text: str) -> Period | None:
    return None if text in {"", "-"} else Period.parse(f"20{text}")


def _since(word: str) -> tuple[str, Period | None]:
    honour, _, since = word.partition("@")
    return honour, _quarter(since)
