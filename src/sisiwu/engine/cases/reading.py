"""Reading the cases of a scheme's folder; every complaint says where and how to mend it."""

from __future__ import annotations

from pathlib import Path

from sisiwu.engine.cases.expectations import Expectations
from sisiwu.engine.cases.facts import Facts
from sisiwu.engine.cases.model import Case
from sisiwu.engine.cases.people import People
from sisiwu.engine.records import Dataset
from sisiwu.engine.scheme.fields import Fields
from sisiwu.engine.scheme.folder import load
from sisiwu.engine.scheme.model import Scheme
from sisiwu.engine.source import Complaint, SchemeError, read
from sisiwu.engine.values import Period, day_number


def read_cases(scheme_folder: Path) -> list[Case]:
    """The cases of a folder; SchemeError carries the complaints of all files together."""
    complaints: list[Complaint] = []
    schemes: dict[str, Scheme] = {"": load(scheme_folder)}
    cases: list[Case] = []
    for path in sorted((scheme_folder / "tests").glob("*.yaml")):
        fields = Fields(read(path.read_text(encoding="utf-8-sig"), str(path)), complaints)
        fields.need("cases", "")
        for node in fields.sequence("cases"):
            case = read_case(scheme_folder, schemes, Fields(node, complaints))
            cases.extend([case] if case else [])
        fields.close()
    if complaints:
        raise SchemeError(complaints)
    return cases


def read_case(folder: Path, schemes: dict[str, Scheme], fields: Fields) -> Case | None:
    """One case, or None when a complaint says why not."""
    before = len(fields.complaints)
    name = fields.rule = fields.need_text("case", "缺两次党课，每次扣1分")
    found = _scheme_and_period(folder, schemes, fields)
    if found is None:
        return None
    scheme, period = found
    as_of = fields.day("as_of")
    people = People(scheme, fields, day_number(min(as_of or period.end, period.end)))
    facts = Facts(scheme.catalogue, people).read(fields)
    known = people.member_numbers if scheme.subject == "member" else people.organization_numbers
    expected = Expectations(scheme, known).read(fields)
    fields.close()
    if len(fields.complaints) > before:
        return None
    dataset = Dataset(
        tuple(people.organizations),
        tuple(people.members),
        tuple(people.positions),
        tuple(fact for kind, fact in facts if kind.subject == "organization"),
        tuple(fact for kind, fact in facts if kind.subject == "member"),
    )
    return Case(name, fields.place, scheme, period, as_of, dataset, expected)


def _scheme_and_period(folder: Path, schemes: dict[str, Scheme], fields: Fields) -> tuple[Scheme, Period] | None:
    """The scheme for the kind of period that the label is a name of (K52).

    ``schemes`` keeps the scheme as loaded for each kind; "" is the one for its first calendar.
    """
    plain = schemes[""]
    label = fields.text("period") or plain.default_period
    for calendar in plain.calendars:
        try:
            period = calendar.period(label)
        except ValueError:
            continue
        if calendar.kind not in schemes:
            schemes[calendar.kind] = load(folder, calendar.kind)
        return schemes[calendar.kind], period
    message = f"“{label}”不是本办法考核期的名称" if label else "没有写考核期，办法也没有默认考核期"
    fields.complain("T001", fields.at("period"), message, '写成 period: "2018"、"2018-Q3" 或 "2018-03"')
    return None
