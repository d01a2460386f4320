"""What the checks say about a scheme: nothing about the shipped ones, and about bad ones exactly what is wrong.

Each bad scheme is one of two good ones (bad_schemes/good) with one thing spoiled; the complaint must name
the line and column where the author has to look, and say how to mend it.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.engine import build as parts

from sisiwu.engine.checks import bounds, check, check_folder
from sisiwu.engine.checks.bounds import Bounds
from sisiwu.engine.checks.figures import figures_of
from sisiwu.engine.scheme import load
from sisiwu.engine.source import Complaint
from sisiwu.engine.values import centi

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"
SHIPPED = sorted(path.parent for path in SCHEMES.rglob("scheme.yaml"))
BAD = Path(__file__).parent / "bad_schemes"
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['case']}")
    for file in sorted(BAD.glob("*.yaml"))
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))["cases"]
]
LEAST_CASES = 60


@dataclass(frozen=True)
class Found:
    """A complaint as a case states it."""

    id: str
    file: str
    line: int
    column: int
    warning: bool


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The two good schemes beside the common dictionary."""
    for name in ("vocabulary.yaml", "facts.yaml"):
        shutil.copy(SCHEMES / name, tmp_path / name)
    return shutil.copytree(BAD / "good", tmp_path / "good")


def spoil(house: Path, change: dict[str, Any]) -> None:
    """Replaces a text that stands exactly once in a file."""
    path = house / change["in"]
    text = path.read_text(encoding="utf-8")
    assert text.count(change["replace"]) == 1, (change["in"], change["replace"])
    path.write_text(text.replace(change["replace"], change["by"]), encoding="utf-8")


def build(house: Path, case: dict[str, Any]) -> Path:
    """The folder of the bad scheme."""
    if "everything" in case:
        (house / case["in"]).write_text(case["everything"], encoding="utf-8")
    for change in [*([case] if "replace" in case else []), *case.get("also", [])]:
        spoil(house, change)
    for name, text in case.get("add", {}).items():
        (house / name).parent.mkdir(exist_ok=True)
        (house / name).write_text(text, encoding="utf-8")
    return house / case.get("check", Path(case["in"]).parent)


def expected(house: Path, case: dict[str, Any], one: dict[str, Any]) -> Found:
    """Where ``at`` stands, once, in the file."""
    file = one.get("file", case["in"])
    text = (house / file).read_text(encoding="utf-8")
    assert "at" not in one or text.count(one["at"]) == 1, one
    before = text[: text.index(one["at"])] if "at" in one else ""
    column = len(before) - (before.rfind("\n") + 1) + 1
    return Found(one["id"], file, before.count("\n") + 1, column, one.get("warning", False))


def as_found(house: Path, complaint: Complaint) -> Found:
    place = complaint.place
    file = str(Path(place.file).resolve().relative_to(house.resolve()))
    return Found(complaint.id, file, place.line, place.column, complaint.warning)


@pytest.mark.holds("R2", "办法引用登录、打卡、在线时长、照片、录入快慢的，检查拒绝或提醒，并指出位置")
@pytest.mark.parametrize("case", CASES)
def test_a_bad_scheme_is_told_what_is_wrong_where_and_how_to_mend_it(house: Path, case: dict[str, Any]) -> None:
    complaints = check_folder(build(house, case), case.get("period", ""))

    told = "\n".join(map(str, complaints))
    wanted = [expected(house, case, one) for one in case["expect"]]
    assert sorted(map(str, (as_found(house, c) for c in complaints))) == sorted(map(str, wanted)), told
    for one, place in zip(case["expect"], wanted, strict=True):
        about = [c for c in complaints if as_found(house, c) == place and one["message"] in c.message]
        assert about, f"{one['message']}\n{told}"
        assert one["hint"] in about[0].hint


def test_there_are_enough_bad_schemes_and_no_complaint_of_the_checks_is_without_one() -> None:
    stated = {one["id"] for case in CASES for one in case.values[0]["expect"]}  # type: ignore[index,union-attr]
    source = "".join(
        path.read_text(encoding="utf-8") for path in (SCHEMES.parent / "src/sisiwu/engine/checks").glob("*.py")
    )
    known = {f"C{number}" for number in range(100, 800) if f'"C{number}"' in source}

    assert len(CASES) >= LEAST_CASES
    assert known <= stated, known - stated


@pytest.mark.parametrize("name", ["organizations", "members"])
def test_the_good_schemes_that_the_bad_ones_are_made_of_have_nothing_wrong(house: Path, name: str) -> None:
    assert check_folder(house / name) == []


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: str(folder.relative_to(SCHEMES)))
def test_a_shipped_scheme_has_no_errors(folder: Path) -> None:
    assert [str(complaint) for complaint in check_folder(folder) if not complaint.warning] == []


def test_the_shipped_schemes_of_2018_and_the_templates_need_no_second_look_either() -> None:
    folders = [folder for folder in SHIPPED if folder.relative_to(SCHEMES).parts[0] in ("2018", "2019", "templates")]

    assert len(folders) == 6
    assert [str(complaint) for folder in folders for complaint in check_folder(folder)] == []


def test_the_same_scheme_may_be_sound_for_its_own_year_and_not_for_a_later_one() -> None:
    railway = load(SCHEMES / "published" / "nanning_railway_police_2020" / "officers")
    later = railway.calendars[0].period("2026")

    assert {complaint.id for complaint in check(railway) if not complaint.warning} == set()
    assert "C701" in {complaint.id for complaint in check(railway, later) if not complaint.warning}


def test_a_label_that_no_calendar_of_the_scheme_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="2018-03"):
        check_folder(SCHEMES / "2018" / "members", "2018-03")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("每次扣0.5分，最多扣3分", ["0.5", "3"]),
        ("超过三十日的扣一点五分，满一百二十分", ["30", "1.5", "120"]),
        ("十二分；两次；二十", ["12", "2", "20"]),
        ("按60%计，百分制", ["60"]),
        ("二〇一八年", ["2018"]),
    ],
)
def test_a_text_says_its_numbers_in_digits_and_in_chinese(text: str, numbers: list[str]) -> None:
    assert {centi(number) for number in numbers} == figures_of(text)


def test_bounds_without_end_stay_so_until_something_clamps_them() -> None:
    endless = Bounds(-300, None) + Bounds(0, 500)

    assert endless == Bounds(-300, None)
    assert endless.clamped(0, 1000) == Bounds(0, 1000)
    assert Bounds(None, 500).scaled(800) == Bounds(0, 840)


def test_what_gives_nothing_in_one_kind_of_period_may_give_something_in_the_other(house: Path) -> None:
    spoil(
        house,
        {
            "in": "organizations/scheme.yaml",
            "replace": "period: {kind: year",
            "by": "periods: [{kind: month}, {kind: year",
        },
    )
    spoil(house, {"in": "organizations/scheme.yaml", "replace": 'of: "2018"}', "by": 'of: "2018"}]'})
    spoil(
        house,
        {"in": "organizations/bonus.yaml", "replace": "points: -0.5", "by": "points: {month: 0, year: -0.5}"},
    )

    assert check(load(house / "organizations", "year")) == []
    assert check_folder(house / "organizations") == []


@pytest.mark.parametrize(
    ("rule", "lowest", "highest"),
    [
        ("kind: per_event, count: 党课, points: 1", 0, None),
        ("kind: per_event, count: 党课, points: 1, cap: 3", 0, 300),
        ("kind: per_event, count: 党课, nth: [1, 2, 0]", 0, 300),
        ("kind: per_event, count: 党课, nth: [-1, -2]", None, 0),
        ("kind: per_event, count: 党课, points: 1, cap_per: {month: 2}", 0, 2400),
        ("kind: per_event, count: 党课, points: -1, cap_per: {day: 2}", -73_200, 0),
        ("kind: by_level, count: 品牌命名, where: {level: 省部级}, points: {厅机关党委: -1, 省部级: 2}", 0, None),
        (
            "kind: by_level, count: 品牌命名, where: {level: 省部级}, points: {厅机关党委: -1, 省部级: 2}, stacking: yes",
            None,
            None,
        ),
        ("kind: per_missing, count: 党课, each: quarter, required: 2, points: -1", -800, 0),
        ("kind: per_missing, count: 党课, required: {0: 2, 20: 4}, points: -0.5", -200, 0),
        ("kind: zero_event_bonus, count: 党课, each: half_year, points: 0.5", 0, 100),
        ("kind: count_table, count: 党课, table: {1: 2, 2: -3, 3: 不得分}", -300, 200),
        ("kind: shortfall_step, count: 党员培训覆盖, metric: ratio, target: 95%, step: 10%, points: -1", -900, 0),
        (
            "kind: shortfall_step, count: 党员培训覆盖, metric: ratio, target: 95%, step: 10%, points: -1, began: yes",
            -1000,
            0,
        ),
        ("kind: excess_step, count: 党课, target: 4, step: 1, points: 0.5", 0, None),
        ("kind: shortfall_step, count: 党课, baseline: {peers: [region]}, step: 1, points: -1", None, 0),
        ("kind: rank_points, count: 党课, table: [6, 5, 4], then_each: -0.5, until: -1", -100, 600),
        ("kind: rank_points, count: 党课, table: [6, 5, 4], then_each: -0.5", None, 600),
        ("kind: vs_peer_average, count: 党课, above: 0.5, below: -1", -100, 50),
        ("kind: vote_conversion, count: 述职评议, full: 10, values: {好: 90, 差: 0}", 0, 900),
        ("kind: streak, count: 历年等级评定结果, table: [1, 3, 5]", 0, 500),
    ],
)
def test_how_little_and_how_much_a_rule_can_give_in_a_year(rule: str, lowest: int | None, highest: int | None) -> None:
    scheme = parts.of_rules(f"- {{rule: r, {rule}}}")

    assert bounds.of_rule(scheme.rules()[0], "year") == Bounds(lowest, highest)


def test_a_list_with_an_item_left_out_may_still_reach_all_its_fulls_but_no_more() -> None:
    item = "full: 4\nearned: yes\napplies_to: {mark: 窗口单位}\nif_not_applicable: rescale"
    scheme = parts.of_rules("- {rule: r, kind: manual_score, count: 自查与考核, full: 4}", item=item)

    assert bounds.of_list(scheme.lists[0], "year") == Bounds(0, 400)
