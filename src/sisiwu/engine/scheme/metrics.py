"""Reading the measures that step, band and rank rules look at."""

from __future__ import annotations

from sisiwu.engine.catalogue import Catalogue
from sisiwu.engine.scheme.fields import Fields
from sisiwu.engine.scheme.forms import Baseline, Metric, Pick
from sisiwu.engine.scheme.picks import read_kinds, read_pick

PEER_COLUMNS = ("kind", "region", "parent", "branch", "status")
MEASURES = ("count", "quantity", "latest", "ratio", "share")


def read_metric(fields: Fields, catalogue: Catalogue) -> Metric:
    """The ``metric`` of a rule with its ``count``, ``among`` and ``per_head``."""
    pick = read_pick(fields, catalogue)
    of = fields.choice("metric", MEASURES, "count")
    among = None
    if of == "share":
        among = Pick(tuple(kind.code for kind in read_kinds(fields, catalogue, "among")))
    return Metric(of, pick, among, fields.whole("per_head"))


def read_peers(fields: Fields, key: str = "peers") -> tuple[str, ...]:
    """The columns that divide subjects into groups; empty: all subjects are one group."""
    columns = []
    for text in fields.texts(key):
        if text.text not in PEER_COLUMNS:
            fields.complain(
                "S025", text.place, f"不能按“{text.text}”分组", f"可写：{'、'.join(PEER_COLUMNS)}；不分组就省去"
            )
        else:
            columns.append(text.text)
    return tuple(columns)


def target(fields: Fields, key: str, default: int | None = None) -> int | None:
    value = fields.measure_of(key, fields.node(key))
    return default if value is None else value


def read_baseline(fields: Fields, catalogue: Catalogue) -> Baseline:
    """``target`` (a number) or ``baseline`` (peers, or facts of an earlier time)."""
    sub = fields.sub("baseline")
    if sub is None:
        fields.need("target", "80%")
        return Baseline(number=target(fields, "target", 0))
    grow = sub.share("grow")
    if sub.has("count"):
        baseline = Baseline(metric=read_metric(sub, catalogue), grow=grow)
    else:
        baseline = Baseline(peers=read_peers(sub), grow=grow)
    sub.flag("peer_mean")
    sub.close()
    return baseline
