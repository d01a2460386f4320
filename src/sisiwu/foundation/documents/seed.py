"""The eight systems of the source article (“党委中心组学习、党建工作责任制考核……等8项制度机制”): four are named there."""

from __future__ import annotations

WAITS = "名称见原文，正文待补"
UNNAMED = "原文只说“8项制度机制”，没有列出名称；名称和正文待补"
ISSUER = "公安厅机关党委"
NAMES = ("党委中心组学习", "党建工作责任制考核", "党支部等级评定", "党组织书记党建工作专项述职")
TOTAL = 8
NAMED = tuple((f"system_{number}", f"{name}制度", ISSUER, WAITS) for number, name in enumerate(NAMES, start=1)) + tuple(
    (f"system_{number}", f"党建工作制度（8项之{number}）", ISSUER, UNNAMED)
    for number in range(len(NAMES) + 1, TOTAL + 1)
)
"""(code, title, issuer, note)."""
