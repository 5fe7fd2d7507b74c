"""The fields of a return: what each column of the template is called, what it holds, in which measure unit.

Contract section 1, table of fields. Synonyms of headers are data: `headers.csv` beside this file.
"""

from __future__ import annotations

from typing import NamedTuple

from mdj_plan.names import Words


class Field(NamedTuple):
    """One field of a facility row.

    `type` is one of text, code, choice, choices, unit, date, number (Decimal ≥ 0), whole (integer ≥ 0). `measure` is
    the measure unit in which the value is kept ("" where it has none).
    """

    id: str
    header: str
    type: str
    measure: str = ""
    english: str = ""

    @property
    def label(self) -> Words:
        """The column's name in both languages, the Chinese one as in the template."""
        return Words(f"{self.header}（{self.measure}）" if self.measure else self.header, self.english)

    @property
    def numeric(self) -> bool:
        """Whether the field holds a number."""
        return self.type in {"number", "whole"}


FIELDS: dict[str, Field] = {
    f.id: f
    for f in (
        Field("name", "载体名称", "text", "", "facility name"),
        Field("credit_code", "统一社会信用代码", "code", "", "unified social credit code"),
        Field("kind", "载体类型", "choice", "", "facility kind"),
        Field("level", "级别", "choice", "", "level"),
        Field("level_document", "认定文号", "text", "", "document granting the level"),
        Field("demonstration", "示范类型", "choices", "", "demonstration title"),
        Field("region", "所在地区", "unit", "", "district"),
        Field("department", "责任部门", "unit", "", "responsible department"),
        Field("field", "专业领域", "text", "", "field of business"),
        Field("founded", "成立日期", "date", "", "date founded"),
        Field("state", "运营状态", "choice", "", "operating state"),
        Field("area_m2", "孵化面积", "number", "平方米", "incubation area (m²)"),
        Field("tenant_area_m2", "在孵企业使用面积", "number", "平方米", "area used by tenants (m²)"),
        Field("tenants", "在孵企业数", "whole", "户", "tenant firms"),
        Field("new_graduates", "本季新增毕业企业", "whole", "户", "new graduates this quarter"),
        Field("graduates_total", "累计毕业企业", "whole", "户", "graduates in all"),
        Field("fund_10k", "孵化资金", "number", "万元", "incubation fund (10 000 yuan)"),
        Field("staff", "从业人员", "whole", "人", "staff"),
        Field("professional_staff", "专业孵化服务人员", "whole", "人", "professional staff"),
        Field("mentors", "创业导师", "whole", "人", "mentors"),
        Field("funded_tenants", "获投融资在孵企业", "whole", "户", "funded tenants"),
        Field("patent_tenants", "已申请专利在孵企业", "whole", "户", "tenants that applied for patents"),
        Field("ip_tenants", "拥有有效知识产权在孵企业", "whole", "户", "tenants with valid IP"),
        Field("workplaces", "创业工位", "whole", "个", "workplaces"),
        Field("teams", "入驻团队", "whole", "个", "resident teams"),
        Field("new_firms", "当年新注册企业", "whole", "户", "firms registered this year"),
        Field("cases", "典型案例", "whole", "个", "typical cases"),
        Field("events", "当年活动", "whole", "场次", "events this year"),
        Field("note", "备注", "text", "", "note"),
    )
}

DUTY_FIELDS: dict[str, Field] = {
    f.id: f
    for f in (
        Field("duty", "任务", "text", "", "duty"),
        Field("progress", "本季进展数", "number", "", "progress this quarter"),
        Field("status", "状态", "choice", "", "status"),
        Field("evidence", "佐证材料", "text", "", "evidence"),
        Field("remark", "说明", "text", "", "remark"),
    )
}

COVER_FIELDS: dict[str, str] = {
    "unit": "填报单位",
    "period": "报告期",
    "cutoff": "数据截止日",
    "author": "填表人",
    "reviewer": "审核人",
    "phone": "联系电话",
    "reported": "报出日期",
    "type": "报告类型",
}

CHOICES: dict[str, dict[str, str]] = {
    "kind": {"孵化器": "incubator", "众创空间": "makerspace", "大学科技园": "science_park"},
    "level": {"国家级": "national", "省级": "provincial", "市级": "municipal", "未认定": "none"},
    "demonstration": {"省级示范": "provincial", "典型示范": "typical"},
    "state": {"筹建": "planned", "在建": "building", "运营": "operating", "停运": "closed"},
    "status": {"未启动": "not_started", "进行中": "in_progress", "已完成": "done"},
    "type": {"正常": "normal", "零报告": "nil", "无变化": "unchanged"},
}
"""Listed texts of the template and their canonical values, by field."""

REQUIRED = ("name", "kind")
"""Without these columns a facilities table cannot be read (L102); without these values a row does not count (V101)."""

PARTS: tuple[tuple[str, str], ...] = (
    ("tenant_area_m2", "area_m2"),
    ("professional_staff", "staff"),
    ("funded_tenants", "tenants"),
    ("patent_tenants", "tenants"),
    ("ip_tenants", "tenants"),
    ("new_graduates", "graduates_total"),
)
"""Part and whole: a part greater than its whole is blank (V112)."""
