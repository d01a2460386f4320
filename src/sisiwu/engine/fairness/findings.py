"""One thing that people should talk about before a scheme is published."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """``serious``: somebody is treated unequally; otherwise a rule that does little or too much."""

    id: str
    what: str
    hint: str
    serious: bool = False

    def __str__(self) -> str:
        kind = "应当改" if self.serious else "请斟酌"
        return f"{kind} {self.id}　{self.what}\n    建议：{self.hint}"
