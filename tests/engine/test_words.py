"""The number in a rule's words is the number counted."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from tests.engine import build
from tests.engine.strategies import schemes

from sisiwu.engine import words
from sisiwu.engine.scheme import load
from sisiwu.engine.scheme.model import Rule, Scheme
from sisiwu.engine.values import Calendar, centi

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"
SHIPPED = sorted(path.parent for path in SCHEMES.rglob("scheme.yaml"))
POINTS = re.compile(r"(加|扣|增|减|)(\d+(?:\.\d+)?)分")


def said(rule: Rule, scheme: Scheme) -> set[int]:
    """The points that the words of a rule tell, deductions negative."""
    text = words.rule_in_words(rule, scheme)
    for kind in scheme.catalogue.kinds:
        for title in (kind.title, *(title for _, title in kind.levels + kind.marks)):
            if re.search(r"\d", title):
                text = text.replace(title, "○")
    told = {-centi(number) if verb in ("扣", "减") else centi(number) for verb, number in POINTS.findall(text)}
    return told - {0}


def disagreements(scheme: Scheme) -> dict[str, tuple[set[int], set[int], str]]:
    """Rules whose words and numbers differ."""
    return {
        rule.id: (told, counted, words.rule_in_words(rule, scheme))
        for rule in scheme.rules()
        if (told := said(rule, scheme)) != (counted := words.numbers_of(rule))
    }


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: str(folder.relative_to(SCHEMES)))
def test_the_words_of_a_shipped_scheme_tell_the_numbers_that_are_counted_and_no_others(folder: Path) -> None:
    assert disagreements(load(folder)) == {}


@settings(max_examples=150, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(scheme=schemes())
def test_the_words_of_any_rule_tell_the_numbers_that_are_counted_and_no_others(scheme: Scheme) -> None:
    assert disagreements(scheme) == {}


@settings(max_examples=100, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(scheme=schemes())
def test_everything_else_of_any_scheme_can_be_said_too(scheme: Scheme) -> None:
    told = [words.grading_in_words(scheme), *(words.calendar_in_words(one) for one in scheme.calendars)]
    told += [words.list_in_words(list_, scheme) for list_ in scheme.lists]
    told += [words.item_in_words(item, scheme) for item in scheme.items()]
    told += [words.veto_in_words(veto, scheme) for veto in scheme.vetoes]
    told += [words.direct_grade_in_words(direct, scheme) for direct in scheme.direct_grades]
    told += [words.consequence_in_words(one, scheme) for one in scheme.consequences]

    assert not re.search(r"None|[a-z]{4,}", "\n".join(told))


SENTENCES = [
    (
        "{rule: r, kind: per_missing, count: 党课, required: 4, points: -1, cap: 3}",
        "每缺1次党课（全年应4次）扣1分，最多扣3分",
    ),
    (
        "{rule: r, kind: by_level, count: 党建文章刊发, points: {省级: 1, 国家级: 2}, once_per_matter: yes, cap: 5}",
        "党建文章刊发：省级每篇加1分，国家级每篇加2分，同一事项就高，封顶5分",
    ),
    (
        "{rule: r, kind: per_event, count: 专题学习教育任务未完成, where: {without: 申辩成立}, points: -2}",
        "专题学习教育任务未完成（申辩成立的除外）每项扣2分",
    ),
    (
        "{rule: r, kind: per_event, count: 党费未按时足额收缴, nth: [-0.5, -1]}",
        "党费未按时足额收缴：第1月扣0.5分，第2月起每月扣1分",
    ),
    (
        "{rule: r, kind: discretionary_range, count: 组织生活不规范, from: -3, to: -0.5}",
        "组织生活不规范每次酌情扣0.5分至扣3分",
    ),
    (
        "{rule: r, kind: deadline, count: 精准扶贫任务完成, within_days: 5, per_day: yes, points: -0.1}",
        "精准扶贫任务完成超过时限5日以上的每日扣0.1分",
    ),
    (
        "{rule: r, kind: flat_if, count: 组织生活会, absent: yes, points: 不得分}",
        "没有组织生活会的本条不得分",
    ),
    (
        "{rule: r, kind: count_table, count: 组织生活不规范, table: {1: -3, 2: -5, 4: 不得分}}",
        "组织生活不规范：1次扣3分，2至3次扣5分，4次以上本条不得分",
    ),
    (
        "{rule: r, kind: zero_event_bonus, count: 组织生活不规范, each: quarter, points: 0.5}",
        "每季度没有组织生活不规范的加0.5分",
    ),
    (
        "{rule: r, kind: streak, count: 历年等级评定结果, where: {level: 好}, table: [1, 3]}",
        "此前各期连续有历年等级评定结果（好）的：连续1年加1分，连续2年以上加3分",
    ),
    (
        "{rule: r, kind: rater_mix, count: 履职评议, full: 6, raters: {上级评价: 60%, 互评: 40%}}",
        "履职评议按上级评价60%、互评40%加权平均，满分6分，由100分制折算，缺一方的由其余各方按比例折算",
    ),
    (
        "{rule: r, kind: shortfall_step, count: 党员培训覆盖, metric: ratio, target: 90%, step: 10%, points: -1, began: yes}",
        "党员培训覆盖的实训人数占应训人数的百分比低于90%的，每低10个百分点扣1分（不足10个百分点的按10个百分点计）",
    ),
    (
        "{rule: r, kind: rank_points, count: 党课, table: [6, 5], then_each: -0.5, until: 1, peers: [region]}",
        "党课的次数在同地区中从高到低排名：第1名加6分，第2名加5分，以后每名依次减0.5分，到加1分为止",
    ),
    (
        "{rule: r, kind: vs_peer_average, count: 谈心谈话, above: 0.5, below: -1}",
        "谈心谈话的次数高于全体平均的加0.5分，低于的扣1分",
    ),
]


@pytest.mark.parametrize(("rule", "sentence"), SENTENCES, ids=[sentence for _, sentence in SENTENCES])
def test_a_rule_reads_as_an_official_text_would_say_it(rule: str, sentence: str) -> None:
    scheme = build.of_rules(f"- {rule}")

    assert words.rule_in_words(scheme.rules()[0], scheme) == sentence


def test_to_whom_a_rule_applies_is_said_with_it() -> None:
    scheme = build.of_rules(
        "- {rule: r, kind: per_event, count: 党课, points: 1, applies_to: {region: 成都市, size: {from: 7}}, unless: {count: 重大责任事故}}"
    )

    assert (
        words.rule_in_words(scheme.rules()[0], scheme)
        == "党课每次加1分，只对成都市的党组织（7人以上）适用，有重大责任事故的本条不计"
    )


def test_grades_vetoes_and_consequences_read_as_an_official_text_would_say_them() -> None:
    scheme = build.of_rules(
        "- {rule: r, kind: per_event, count: 党课, points: 1}",
        more=dedent("""\
        vetoes:
          - {veto: v, title: 事故, when: {count: 重大责任事故}, exception: 不可抗力, effect: {not_above: 差}}
        grading:
          peers: [region]
          rounding: half_up
          grades:
            - {grade: 好, from: 90, share: 25%, applies_to: {tenure_months: 12}}
            - {grade: 差, below: 90}
        consequences:
          - {measure: 约谈书记, when: {grade: 差}, months: 3}
        """),
    )

    assert words.grading_in_words(scheme) == (
        "好：90分以上，不超过25%，只评成立满12个月的；差：不足90分；"
        "同地区排名，名额以参加评定的为基数，名额四舍五入，同分超出名额的都不评上"
    )
    assert words.veto_in_words(scheme.vetoes[0], scheme) == "有重大责任事故（不可抗力的除外）的，最高评为差"
    assert words.consequence_in_words(scheme.consequences[0], scheme) == "评为差的，约谈书记（3个月）"


@pytest.mark.parametrize(
    ("calendar", "sentence"),
    [
        (Calendar(), "年度，1月1日至12月31日"),
        (Calendar("year", 11, 1), "年度，上年11月1日至当年10月31日"),
        (Calendar("month", 1, 26), "月度，上月26日至当月25日"),
        (Calendar("quarter"), "季度（第一季度），1月1日至3月月末"),
        (Calendar(rolling=True), "每人自起算日起每满一年为一个周期"),
    ],
)
def test_a_calendar_says_its_first_and_last_day(calendar: Calendar, sentence: str) -> None:
    assert words.calendar_in_words(calendar) == sentence


def test_the_order_of_application_has_all_its_steps() -> None:
    steps = words.order_of_application()

    assert len(steps) == 18
    assert steps[0].startswith("1. 考核期")
