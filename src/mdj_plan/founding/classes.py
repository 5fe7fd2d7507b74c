"""The classes that units are of: districts, zones that lie within them, departments; by their names alone."""

from __future__ import annotations

import re

CLASSES = ("county", "zone", "department")
"""Districts, zones that lie within them, departments: each is a group of the plan."""
_DISTRICT = re.compile(r"(?:[区县市旗盟州]|\b(?:District|County|City|Banner|Zone))$")
_ZONE = re.compile(r"(?:开发区|园区|高新区|经开区|保税区|示范区|合作区|试验区|\bZone)$")
_OFFICE = re.compile(r"(?<=[区县市旗盟州])(?:人民政府|政府|管理委员会|管委会)$")


def class_of(name: str) -> str:
    """The class that a unit of this name is of."""
    return "zone" if is_zone(name) else "county" if is_district(name) else "department"


def class_named(name: str) -> str | None:
    """The class that a row 各县（市）区 or 各市直部门 is for; None where it may be any."""
    if re.search(r"部门|市直|委办局", name):
        return "department"
    if re.search(r"开发区|园区", name):
        return None if re.search(r"县|旗|市区", name) else "zone"
    return "county" if re.search(r"[县旗区市]", name) else None


def is_district(name: str) -> bool:
    """Whether a name ends as those of districts do (contract 6.5): 区, 县, 市, 旗, 盟, 州; else a department's."""
    return _DISTRICT.search(short_name(name)) is not None


def is_zone(name: str) -> bool:
    """Whether a zone bears it, which lies within districts: 开发区, 园区, 高新区. 新区 may be a district itself."""
    return _ZONE.search(short_name(name)) is not None


def short_name(name: str) -> str:
    """A district's name without its office: 东河区 of 东河区人民政府."""
    return _OFFICE.sub("", name)
