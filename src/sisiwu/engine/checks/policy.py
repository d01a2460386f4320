"""C7xx: what the burden-reduction rules (基层减负) forbid to score.

The dates are those of the rules: 《关于防治“指尖上的形式主义”的若干意见》 (2023-12-18), 《整治形式主义为基层
减负若干规定》 (2024-07-30), 国办函〔2026〕12号 (2026-01-25). A scheme is judged by the day its period begins;
one without any date may be used today, and is judged by the rules of today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sisiwu.engine.catalogue import NATURES, FactKind
from sisiwu.engine.checks.draft import Draft, Part, error, warning
from sisiwu.engine.source import Complaint


@dataclass(frozen=True)
class Policy:
    """A rule of the centre, from when it holds, and what it says about scoring."""

    title: str
    since: date
    natures: tuple[str, ...]

    @property
    def cited(self) -> str:
        return f"{self.title}（{self.since}）"


DIGITAL = Policy("《关于防治“指尖上的形式主义”的若干意见》", date(2023, 12, 18), ("app_use", "photo"))
BURDEN = Policy("《整治形式主义为基层减负若干规定》", date(2024, 7, 30), ("photo", "media", "instruction"))
APPS = Policy("《政务移动互联网应用程序规范化管理办法》（国办函〔2026〕12号）", date(2026, 1, 25), ("app_use", "photo"))
POLICIES = (DIGITAL, BURDEN, APPS)

FORBIDDEN = ("app_use", "photo")
DISCOURAGED = ("media", "instruction")
SUSPECT = re.compile(r"登录|登陆|打卡|在线时长|点赞|转发|截图|拍照|照片|学习强国|录入|活跃度|关注量|安装率")
"""Words of what may not be scored, in the title of a kind of fact that says it is something else."""

MEND = "删去这一条；要考核的是工作，请按实际开展的工作（deed）计分"


def check(draft: Draft) -> Iterator[Complaint]:
    """C701 use of software or photos, C702 press articles or leaders' comments, C703 a suspect title."""
    told: set[tuple[str, str]] = set()
    for part, pick in draft.picks():
        for kind in draft.kinds(pick):
            if (str(part.place), kind.code) not in told:
                told.add((str(part.place), kind.code))
                yield from _kind(draft, part, kind)


def _kind(draft: Draft, part: Part, kind: FactKind) -> Iterator[Complaint]:
    what = f"“{kind.title}”是{NATURES[kind.nature]}"
    if kind.nature in FORBIDDEN:
        cited = _in_force(draft, kind.nature)
        if cited:
            yield error("C701", part, f"{what}，不得作为考核依据：{cited}", MEND)
        else:
            message = f"{what}；{DIGITAL.cited}以后的办法不得作为考核依据"
            yield warning("C701", part, message, "沿用到以后的年度时删去这一条")
    elif kind.nature in DISCOURAGED:
        if cited := _in_force(draft, kind.nature):
            yield warning("C702", part, f"{what}，不得作为考核内容：{cited}", "删去这一条，改为考核工作本身")
    elif (found := SUSPECT.search(kind.title)) and (cited := _in_force(draft, "app_use")):
        message = f"“{kind.title}”像是考核“{found[0]}”，软件使用和拍照留痕不得作为考核依据：{cited}"
        yield warning("C703", part, message, "确是软件使用的，删去这一条；不是的，换一个不会误会的名称")


def _in_force(draft: Draft, nature: str) -> str:
    """The rules against scoring this that hold when the scheme begins, as a citation; empty before them."""
    held = [
        policy
        for policy in POLICIES
        if nature in policy.natures and (draft.begins is None or policy.since <= draft.begins)
    ]
    return "、".join(policy.cited for policy in held)
