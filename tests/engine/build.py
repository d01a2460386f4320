"""Small schemes and what happened under them, written as YAML where the test stands."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from textwrap import dedent, indent

from sisiwu.engine import reference
from sisiwu.engine.cases import Case
from sisiwu.engine.cases.reading import read_case
from sisiwu.engine.catalogue import Catalogue
from sisiwu.engine.results import Result, RuleScore
from sisiwu.engine.scheme.fields import Fields
from sisiwu.engine.scheme.folder import load_catalogue
from sisiwu.engine.scheme.model import Scheme
from sisiwu.engine.scheme.reading import read_scheme
from sisiwu.engine.source import Complaint, SchemeError, read
from sisiwu.engine.values import score_text

SCHEMES = Path(__file__).parents[2] / "schemes"


@cache
def catalogue() -> Catalogue:
    """The common dictionary: schemes/vocabulary.yaml and schemes/facts.yaml."""
    return load_catalogue(SCHEMES)


def scheme(text: str, members: Scheme | None = None, period_kind: str = "") -> Scheme:
    """The scheme that a YAML text says."""
    return read_scheme(read(dedent(text), "scheme.yaml"), [], catalogue(), (), members, period_kind)


def of_rules(
    rules: str,
    *,
    item: str = "",
    list_: str = "",
    more: str = "",
    subject: str = "organization",
    period: str = '{kind: year, of: "2018"}',
    members: Scheme | None = None,
) -> Scheme:
    """A scheme of one list with one item that has these rules; ``item``, ``list_`` and ``more`` add fields."""
    text = f"""\
scheme: sample
title: 样例办法
subject: {subject}
period: {period}
lists:
  - list: only
    title: 唯一清单
{indent(dedent(list_), "    ")}
    items:
      - item: one
        title: 唯一条目
{indent(dedent(item), "        ")}
        rules:
{indent(dedent(rules), "          ")}
{dedent(more)}
"""
    return scheme(text, members)


def case(scheme_: Scheme, text: str) -> Case:
    """What happened, in the format of a worked example; case and expect need not be written."""
    body = dedent(text)
    body += "" if "expect:" in body else "\nexpect: {}\n"
    complaints: list[Complaint] = []
    schemes = {"": scheme_, scheme_.calendars[0].kind: scheme_}
    found = read_case(Path(), schemes, Fields(read(f"case: 样例\n{body}", "case.yaml"), complaints))
    if found is None:
        raise SchemeError(complaints)
    return found


def results(scheme_: Scheme, text: str) -> dict[str, Result]:
    """Everybody's result by name."""
    happened = case(scheme_, text)
    found = reference.evaluate(happened.scheme, happened.dataset, happened.period, happened.as_of)
    subjects = happened.dataset.members if scheme_.subject == "member" else happened.dataset.organizations
    return {subject.name: found[subject.number] for subject in subjects if subject.number in found}


def result(scheme_: Scheme, text: str, name: str = "") -> Result:
    """The result of the one named, or of the only one."""
    found = results(scheme_, text)
    return found[name or next(iter(found))]


def totals(scheme_: Scheme, text: str) -> dict[str, str]:
    """Everybody's total by name, as it is shown."""
    return {name: score_text(one.total_centi) for name, one in results(scheme_, text).items()}


def grades(scheme_: Scheme, text: str) -> dict[str, str]:
    """Everybody's grade by name."""
    return {name: one.grade for name, one in results(scheme_, text).items()}


def worth(rules: str, facts: str, *, subject: str = "organization", **more: str) -> str:
    """What the rules give 甲支部 (or 张三) for these facts; ``more`` are further fields of the case."""
    text = "".join(f"{key}: {value}\n" for key, value in more.items())
    if subject == "member" and "members" not in more:
        text += "members: [{id: 张三}]\n"
    text += f"facts:\n{indent(dedent(facts), '  ')}\n" if facts.strip() else ""
    return score_text(result(of_rules(rules, subject=subject), text).total_centi)


def rule(found: Result, name: str) -> RuleScore:
    """One rule's score out of a result."""
    rules = (one for list_ in found.lists for item in list_.items for one in item.rules)
    return next(one for one in rules if one.rule == name)
