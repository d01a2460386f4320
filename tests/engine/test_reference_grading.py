"""From totals to grades, places and consequences."""

import pytest
from tests.engine.build import grades, of_rules, result, results, scheme

POINTS = """\
- {rule: given, kind: manual_score, count: 项目评审, full: 100}
"""

GRADES = """\
grading:
  EXTRA: EXTRA
  grades:
    - {grade: 好, from: 90}
    - {grade: 较好, from: 75}
    - {grade: 一般, from: 60}
    - {grade: 差}
"""


def given(**points: str) -> str:
    """Organizations and the points that each is given."""
    names = ", ".join(f"{{id: {name}}}" for name in points)
    facts = (
        f"{{kind: 项目评审, subject: {name}, quantity: {value}, on: 2018-03-01}}" for name, value in points.items()
    )
    return f"organizations: [{names}]\nfacts: [{', '.join(facts)}]\n"


def graded(more: str = "", rules: str = POINTS):
    return of_rules(rules, more=GRADES.replace("  EXTRA: EXTRA\n", "") + more)


def test_a_band_begins_with_its_lowest_points():
    found = grades(graded(), given(甲="90", 乙="89.99", 丙="75", 丁="60", 戊="59.99"))

    assert list(found.values()) == ["好", "较好", "较好", "一般", "差"]


def test_few_points_may_be_better():
    low = of_rules(
        "- {rule: a, kind: per_event, count: 组织生活不规范, points: 1}",
        more="""\
grading:
  better: low
  grades: [{grade: 好, below: 1}, {grade: 较好, below: 3}, {grade: 差}]
""",
    )
    text = """\
organizations: [{id: 甲}, {id: 乙}, {id: 丙}]
facts:
  - {kind: 组织生活不规范, subject: 乙, on: 2018-03-01}
  - {kind: 组织生活不规范, subject: 丙, on: 2018-03-01, times: 3}
"""

    found = results(low, text)

    assert [(one.grade, one.place) for one in found.values()] == [("好", 1), ("较好", 2), ("差", 3)]


def test_a_grade_may_be_judged_on_one_list():
    text = """\
scheme: sample
title: 样例办法
period: {kind: year, of: "2018"}
lists:
  - {list: x, title: 甲单, items: [{item: i, title: 甲, rules: [{rule: a, kind: per_event, count: 党课, points: 50}]}]}
  - {list: y, title: 乙单, items: [{item: j, title: 乙, rules: [{rule: b, kind: per_event, count: 主题党日, points: 50}]}]}
grading:
  grades: [{grade: 五星, list: y, from: 80}, {grade: 四星, from: 80}, {grade: 无星}]
"""
    lectures, days = "{kind: 党课, on: 2018-03-01, times: 2}", "{kind: 主题党日, on: 2018-03-01, times: 2}"

    assert result(scheme(text), f"facts: [{lectures}]").grade == "四星"
    assert result(scheme(text), f"facts: [{days}]").grade == "五星"


def test_who_lacks_the_condition_of_a_grade_gets_the_next():
    tenured = of_rules(
        POINTS,
        more=GRADES.replace("  EXTRA: EXTRA\n", "").replace("from: 90", "from: 90, applies_to: {tenure_months: 12}"),
    )
    text = given(甲="95").replace("{id: 甲}", "{id: 甲, since: 2018-06-01}")

    found = result(tenured, text)

    assert (found.grade, found.notes) == ("较好", ("分数达到“好”，不具备该等级的条件",))


# --- vetoes


VETO = """\
vetoes:
  - {veto: crime, title: 严重违纪, when: {count: 班子成员严重违纪违法}, effect: EFFECT}
"""
CRIME = "facts:\n  - {kind: 项目评审, subject: 甲, quantity: 95, on: 2018-03-01}\n  - {kind: 班子成员严重违纪违法, subject: 甲, on: 2018-03-01}\n"


def vetoed(effect: str, names: str = "[{id: 甲}]"):
    return result(graded(VETO.replace("EFFECT", effect)), f"organizations: {names}\n{CRIME}", "甲")


def test_a_veto_may_force_a_grade():
    found = vetoed("{grade: 差}")

    assert (found.grade, found.vetoes, found.total_centi) == ("差", ("crime",), 9500)
    assert found.notes == ("一票否决“严重违纪”：直接定为“差”",)


def test_a_veto_may_forbid_the_grades_above():
    found = vetoed("{not_above: 一般}")

    assert found.grade == "一般"
    assert found.notes[1:] == ("分数达到“好”，因一票否决不得评为该等级", "分数达到“较好”，因一票否决不得评为该等级")


def test_a_veto_may_leave_ungraded():
    found = vetoed("not_graded")

    assert (found.grade, found.place) == ("不评定", None)


def test_of_two_vetoes_the_worse_grade_stands():
    both = graded(
        VETO.replace("EFFECT", "{grade: 一般}")
        + VETO.replace("EFFECT", "{grade: 差}").replace("vetoes:\n", "").replace("crime", "two")
    )

    assert result(both, f"organizations: [{{id: 甲}}]\n{CRIME}").grade == "差"


def test_an_exception_lifts_a_veto():
    accident = graded(
        "vetoes: [{veto: a, title: 事故, when: {count: 重大责任事故}, exception: 不可抗力, effect: {grade: 差}}]"
    )
    text = given(甲="95").replace("facts: [", "facts: [{kind: 重大责任事故, on: 2018-05-01, subject: 甲MARKS}, ")

    assert result(accident, text.replace("MARKS", "")).grade == "差"
    assert result(accident, text.replace("MARKS", ", marks: [不可抗力]")).grade == "好"


def test_a_veto_may_hang_on_a_list():
    low = graded("vetoes: [{veto: low, title: 单项过低, when: {list: only, below: 80}, effect: {not_above: 一般}}]")

    assert grades(low, given(甲="80", 乙="79.99")) == {"甲": "较好", "乙": "一般"}


def test_those_with_a_forced_grade_stand_after_all_others():
    found = results(
        graded(VETO.replace("EFFECT", "{grade: 差}")),
        f"{given(甲='95', 乙='10', 丙='50')}  \n".replace(
            "facts: [", "facts: [{kind: 班子成员严重违纪违法, subject: 甲, on: 2018-03-01}, "
        ),
    )

    assert {name: one.place for name, one in found.items()} == {"甲": 3, "乙": 2, "丙": 1}


# --- direct grades


DIRECT = (
    "direct_grades: [{direct: model, title: 省级先进, count: 先进基层党组织称号, grade: 好, points_follow: FOLLOW}]\n"
)
TITLE = "{kind: 先进基层党组织称号, level: 省部级, subject: 甲, on: 2018-06-01}, "


@pytest.mark.parametrize(("follow", "points"), [("no", 5000), ("yes", 9000)])
def test_a_fact_may_set_the_grade_and_the_points_may_follow(follow, points):
    found = result(graded(DIRECT.replace("FOLLOW", follow)), given(甲="50").replace("facts: [", f"facts: [{TITLE}"))

    assert (found.grade, found.total_centi, found.direct) == ("好", points, "model")
    assert found.base_centi + sum(one.score_centi for one in found.lists) + found.cut_centi == points


def test_a_forced_grade_outranks_a_direct_one():
    both = graded(DIRECT.replace("FOLLOW", "yes") + VETO.replace("EFFECT", "{grade: 差}"))
    crime = "{kind: 班子成员严重违纪违法, subject: 甲, on: 2018-03-01}, "

    found = result(both, given(甲="50").replace("facts: [", f"facts: [{TITLE}{crime}"))

    assert (found.grade, found.total_centi, found.direct) == ("差", 5000, "")


# --- quotas


def quota(first: str, extra: str = ""):
    return of_rules(POINTS, more=f"grading:\n{extra}  grades: [{{grade: 优, {first}}}, {{grade: 良}}]\n")


FIVE = given(甲="95", 乙="94", 丙="93", 丁="92", 戊="91")


@pytest.mark.parametrize(
    ("rounding", "share", "expected"),
    [
        ("floor", "1/3", 1),
        ("half_up", "1/3", 2),
        ("ceiling", "1/3", 2),
        ("ceiling", "25%", 2),
        ("half_up", "50%", 3),
        ("half_up", "25%", 1),
    ],
)
def test_a_share_becomes_a_number_as_the_scheme_rounds(rounding, share, expected):
    # of five: 1/3 is 1.67, 25% is 1.25, 50% is 2.5
    found = grades(quota(f"share: {share}", f"  rounding: {rounding}\n"), FIVE)

    assert list(found.values()) == ["优"] * expected + ["良"] * (5 - expected)


def test_a_quota_may_be_a_number():
    assert list(grades(quota("number: 2"), FIVE).values()) == ["优", "优", "良", "良", "良"]


TIED = given(甲="95", 乙="94", 丙="94", 丁="92")


def test_a_tie_that_does_not_fit_falls_as_a_whole_or_is_let_in():
    assert list(grades(quota("number: 2"), TIED).values()) == ["优", "良", "良", "良"]
    assert list(grades(quota("number: 2", "  ties: all\n"), TIED).values()) == ["优", "优", "优", "良"]


def test_who_does_not_fit_is_told_why():
    found = results(quota("number: 2"), TIED)

    assert found["乙"].notes == ("分数达到“优”，名次 3（含并列 2 个），名额 2 个已满（同组 4 个）",)


def test_places_left_by_the_best_grade_go_to_the_next():
    two = of_rules(
        POINTS, more="grading: {grades: [{grade: 优, from: 95, number: 2}, {grade: 良, number: 1}, {grade: 中}]}"
    )

    assert list(grades(two, FIVE).values()) == ["优", "良", "良", "中", "中"]


def test_quotas_are_taken_within_the_peer_group():
    text = FIVE.replace("{id: 丁}, {id: 戊}", "{id: 丁, region: 成都市}, {id: 戊, region: 成都市}")

    found = results(quota("number: 1", "  peers: region\n"), text)

    assert [(one.grade, one.place) for one in found.values()] == [("优", 1), ("良", 2), ("良", 3), ("优", 1), ("良", 2)]


UNGRADED = "not_graded: {applies_to: {mark: 临时组织}}\n"


def test_who_is_not_graded_takes_no_place_and_counts_in_the_base_only_where_all_do():
    text = given(甲="95", 乙="94", 丙="93", 丁="92").replace("{id: 甲}", "{id: 甲, marks: [临时组织]}")
    half = "grading: {base: BASE, grades: [{grade: 优, share: 50%}, {grade: 良}]}\n"

    assessed = results(of_rules(POINTS, more=UNGRADED + half.replace("BASE", "assessed")), text)
    everyone = results(of_rules(POINTS, more=UNGRADED + half.replace("BASE", "all")), text)

    assert [(one.grade, one.place) for one in assessed.values()] == [("不评定", None), ("优", 1), ("良", 2), ("良", 3)]
    assert [one.grade for one in everyone.values()] == ["不评定", "优", "优", "良"]


@pytest.mark.parametrize(("in_quota", "expected"), [("no", ["优", "优", "良"]), ("yes", ["优", "良", "良"])])
def test_direct_grades_use_up_places_where_the_scheme_says_so(in_quota, expected):
    text = given(甲="99", 乙="94", 丙="93").replace("facts: [", f"facts: [{TITLE}")
    limited = of_rules(
        POINTS,
        more="direct_grades: [{direct: m, title: 先进, count: 先进基层党组织称号, grade: 优}]\n"
        f"grading: {{direct_in_quota: {in_quota}, grades: [{{grade: 优, number: 1}}, {{grade: 良}}]}}\n",
    )

    assert list(grades(limited, text).values()) == expected


def test_a_scheme_without_grades_still_has_places():
    found = results(of_rules(POINTS), TIED)

    assert [(one.grade, one.place) for one in found.values()] == [("", 1), ("", 2), ("", 2), ("", 4)]


# --- above and after


def test_a_committee_takes_the_mean_of_those_beneath_it():
    up = graded("roll_up: {kind: [机关党委, 工委]}\napplies_to: {kind: 党支部}\n")
    text = """\
organizations:
  - {id: 工委, kind: 工委}
  - {id: 党委, kind: 机关党委, parent: 工委}
  - {id: 空党委, kind: 机关党委, parent: 工委}
  - {id: 甲, kind: 党支部, parent: 党委}
  - {id: 乙, kind: 党支部, parent: 党委}
  - {id: 丙, kind: 党支部, parent: 工委}
facts:
  - {kind: 项目评审, subject: 甲, quantity: 95, on: 2018-03-01}
  - {kind: 项目评审, subject: 乙, quantity: 90.01, on: 2018-03-01}
  - {kind: 项目评审, subject: 丙, quantity: 40, on: 2018-03-01}
"""

    found = results(up, text)

    # (95 + 90.01) ÷ 2 = 92.505; (95 + 90.01 + 40) ÷ 3 = 75.003
    assert {name: (one.total_centi, one.grade, one.place) for name, one in found.items() if name.endswith("委")} == {
        "党委": (9251, "好", None),
        "工委": (7500, "较好", None),
    }


LADDER = """\
consequences:
  - {consequence: talk, measure: 谈话提醒, when: {total: {from: 60, below: 75}}}
  - {consequence: order, measure: 责令整改, when: {grade: [差]}}
  - {consequence: again, measure: 调整班子, when: {count: 历年等级评定结果, where: {level: 差}, grade: [差], in_a_row: 3}}
  - {consequence: reward, measure: 奖励, amount: 1000.50元, when: {count: 先进基层党组织称号, at_least: 2}}
"""


def test_what_follows_from_points_grade_and_facts():
    text = given(甲="74.99", 乙="59", 丙="75")
    found = results(
        graded(LADDER), text.replace("facts: [", f"facts: [{TITLE.replace('甲', '丙')}{TITLE.replace('甲', '丙')}")
    )

    assert [one.consequences for one in found.values()] == [("talk",), ("order",), ("reward",)]


@pytest.mark.parametrize(
    ("years", "expected"), [((2017,), ("order",)), ((2016, 2017), ("order", "again")), ((2015, 2017), ("order",))]
)
def test_a_consequence_may_need_bad_years_in_a_row(years, expected):
    bad = "".join(f"{{kind: 历年等级评定结果, subject: 甲, level: 差, on: {year}-12-31}}, " for year in years)

    found = result(graded(LADDER), given(甲="50").replace("facts: [", f"facts: [{bad}"))

    assert found.consequences == expected
