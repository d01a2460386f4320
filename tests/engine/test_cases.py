"""Worked examples: read from a scheme's folder, run, and told in Chinese where they fail."""

from pathlib import Path

import pytest
from tests.engine.build import SCHEMES

from sisiwu.engine.cases import read_cases, run_cases
from sisiwu.engine.source import SchemeError

SCHEME = """\
scheme: sample
title: 样例办法
period: {kind: year, of: "2018"}
lists:
  - list: basic
    title: 基本清单
    full: 20
    base: 10
    items:
      - item: lectures
        title: 党课
        full: 10
        rules: [{rule: lectures, kind: per_missing, count: 党课, required: 4, points: -1.25}]
grading: {grades: [{grade: 好, from: 18}, {grade: 差}]}
consequences: [{measure: 谈话提醒, when: {total: {below: 18}}}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("vocabulary.yaml", "facts.yaml"):
        (tmp_path / name).write_text((SCHEMES / name).read_text())
    (tmp_path / "own" / "tests").mkdir(parents=True)
    (tmp_path / "own" / "scheme.yaml").write_text(SCHEME)
    return tmp_path / "own"


def write(folder: Path, text: str) -> Path:
    (folder / "tests" / "cases.yaml").write_text(text)
    return folder


GOOD = """\
cases:
  - case: 缺一次党课扣1.25分
    facts: [{kind: 党课, on: 2018-03-01, times: 3}]
    expect: {total: 18.75, grade: 好, place: 1, lists: {基本清单: 18.75}, items: {lectures: 8.75}, consequences: []}
"""


def test_a_case_that_holds_has_no_differences(folder):
    outcomes = run_cases(write(folder, GOOD))

    assert [(outcome.case.name, outcome.passed) for outcome in outcomes] == [("缺一次党课扣1.25分", True)]


def test_every_difference_is_told_with_what_was_expected_and_what_came(folder):
    outcomes = run_cases(write(folder, GOOD.replace("times: 3", "times: 2")))

    assert outcomes[0].differences == (
        "甲支部 总分：期望 18.75，实得 17.50",
        "甲支部 等级：期望 好，实得 差",
        "甲支部 “基本清单”（basic）：期望 18.75，实得 17.50",
        "甲支部 “党课”（lectures）：期望 8.75，实得 7.50",
        "甲支部 后果：期望 无，实得 谈话提醒",
    )


def test_a_case_may_name_its_subjects(folder):
    text = """\
cases:
  - case: 两个支部
    organizations: [{id: 甲支部}, {id: 乙支部, size: 3, region: 成都市}]
    facts: [{kind: meeting.party_lecture, subject: 乙支部, on: 2018-03-01, times: 4}]
    expect:
      甲支部: {total: 15, place: 2}
      乙支部: {total: 20, place: 1}
"""

    assert run_cases(write(folder, text))[0].passed


def test_another_evaluator_may_be_asked(folder):
    outcomes = run_cases(write(folder, GOOD), lambda scheme, dataset, period, as_of: {})

    assert outcomes[0].differences[0] == "甲支部 没有结果：不在本办法的考核范围之内"


@pytest.mark.parametrize(
    ("wrong", "right", "place", "message"),
    [
        ("kind: 党客", "kind: 党课", "3:14", "事实类别里没有“党客”，是不是“党课”？"),
        ("on: 2018-3-1x", "on: 2018-03-01", "3:28", "不是日期"),
        ("times: 0", "times: 3", "3:40", "times 应当是 1 以上的整数"),
        ("subject: 乙支部, on", "on", "3:24", "本例中没有“乙支部”这个党组织"),
        ("basic_list: 18.75", "基本清单: 18.75", "4:56", "本办法没有“basic_list”"),
        ("grades: 好", "grade: 好", "4:28", "不认识的键“grades”，是不是“grade”？"),
        ("[谈心]", "[]", "4:110", "本办法没有“谈心”这项后果"),
        ("level: 省级, on", "on", "3:24", "“党课”没有“省级”"),
    ],
)
def test_a_mistake_is_told_with_its_place(folder, wrong, right, place, message):
    with pytest.raises(SchemeError) as caught:
        read_cases(write(folder, GOOD.replace(right, wrong)))

    complaint = caught.value.complaints[0]
    assert message in complaint.message
    assert str(complaint.place).endswith(f"cases.yaml:{place}")
    assert complaint.hint


def test_a_label_of_no_period_is_told(folder):
    with pytest.raises(SchemeError, match=r"T001.*“2018-13”不是本办法考核期的名称"):
        read_cases(write(folder, GOOD.replace("    facts", '    period: "2018-13"\n    facts')))


def test_all_mistakes_of_all_files_are_told_at_once(folder):
    (folder / "tests" / "a.yaml").write_text(GOOD.replace("党课, on", "党客, on"))
    (folder / "tests" / "b.yaml").write_text(GOOD.replace("党课, on", "党颗, on"))

    with pytest.raises(SchemeError) as caught:
        read_cases(folder)

    assert len(caught.value.complaints) == 2


def test_posts_are_held_in_ones_own_branch_unless_the_case_says_where(folder):
    (folder / "scheme.yaml").write_text(
        """\
scheme: sample
title: 样例办法
subject: member
period: {kind: year, of: "2018"}
lists:
  - list: one
    title: 清单
    items: [{item: i, title: 责任, rules: [{rule: r, kind: joint_liability, count: 组织生活不规范, points: {书记: -2}}]}]
"""
    )
    text = """\
cases:
  - case: 书记负责
    members: [{id: 张三, posts: [书记]}, {id: 李四}]
    facts: [{kind: 组织生活不规范, on: 2018-03-01}]
    expect: {张三: {total: -2}, 李四: {total: 0}}
"""

    assert run_cases(write(folder, text))[0].passed


FOLDERS = sorted(path.parent for path in SCHEMES.rglob("scheme.yaml") if (path.parent / "tests").is_dir())


@pytest.mark.parametrize("scheme", FOLDERS, ids=lambda path: str(path.relative_to(SCHEMES)))
def test_the_cases_of_every_scheme_hold(scheme):
    outcomes = run_cases(scheme)

    assert outcomes
    assert [(outcome.case.name, outcome.differences) for outcome in outcomes if not outcome.passed] == []
