"""Scores and votes that people gave."""

import pytest
from tests.engine.build import of_rules, result, rule, worth


def scores(*given: str, kind: str = "项目评审") -> str:
    """One fact a day: "评委 分数"."""
    rows = [one.split() for one in given]
    return "".join(
        f"- {{kind: {kind}, level: {level}, quantity: {value}, on: 2018-03-{day:02d}}}\n"
        for day, (level, value) in enumerate(rows, 1)
    )


@pytest.mark.parametrize(("take", "points"), [("latest", "8.00"), ("sum", "10.00"), ("mean", "8.43"), ("best", "9.50")])
def test_of_several_scores_one_is_taken(take, points):
    rules = f"- {{rule: a, kind: manual_score, count: 项目评审, full: 10, out_of: 100, take: {take}}}"

    # the mean of 95, 78 and 80 is 84.33, and the sum is more than full
    assert worth(rules, scores("互评 95", "互评 78", "互评 80")) == points


def test_without_a_score_there_is_nothing():
    assert worth("- {rule: a, kind: manual_score, count: 项目评审, full: 10}", "") == "0.00"


def test_a_score_is_scaled_to_what_is_full():
    rules = "- {rule: a, kind: external_scheme, count: 项目评审, full: 15, out_of: 100}"

    assert worth(rules, scores("互评 87.7")) == "13.16"


def test_the_verified_score_counts_and_the_own_stands_beside_it():
    rules = "- {rule: a, kind: self_and_verified, count: 自查与考核, self: 自查, verified: 考核, full: 10}"
    facts = scores("自查 9.5", "考核 8", "考核 8.25", "自查 10", kind="自查与考核")

    score = rule(result(of_rules(rules), f"facts:\n{facts}"), "a")

    assert score.score_centi == 825
    assert score.arithmetic == "自评 10.00，核定 8.25 = 8.25（满分 10）"


def test_a_verified_score_is_at_most_full():
    rules = "- {rule: a, kind: self_and_verified, count: 自查与考核, self: 自查, verified: 考核, full: 10}"

    assert worth(rules, scores("考核 12", kind="自查与考核")) == "10.00"
    assert worth(rules, scores("自查 9", kind="自查与考核")) == "0.00"


RATERS = "{上级评价: 60%, 互评: 40%}"


def test_raters_have_weights():
    rules = f"- {{rule: a, kind: rater_mix, count: 履职评议, full: 20, raters: {RATERS}}}"
    facts = scores("上级评价 90", "互评 80", "互评 85", "自评 100", kind="履职评议")

    # 90 × 60% + 82.5 × 40% = 87 of 100
    assert worth(rules, facts) == "17.40"


def test_an_absent_class_is_left_out_or_counts_as_nothing():
    rules = f"- {{rule: a, kind: rater_mix, count: 履职评议, full: 20, raters: {RATERS}, missing: METHOD}}"
    facts = scores("互评 85", kind="履职评议")

    assert worth(rules.replace("METHOD", "rescale"), facts) == "17.00"
    assert worth(rules.replace("METHOD", "zero"), facts) == "6.80"
    assert worth(rules.replace("METHOD", "zero"), "") == "0.00"


def test_the_mean_of_a_class_is_rounded_first():
    rules = "- {rule: a, kind: rater_mix, count: 履职评议, full: 100, raters: {互评: 1/3}}"

    # (80 + 80 + 81) ÷ 3 = 80.33
    assert worth(rules, scores("互评 80", "互评 80", "互评 81", kind="履职评议")) == "80.33"


def test_votes_become_points_and_unlisted_options_are_void():
    rules = "- {rule: a, kind: vote_conversion, count: 述职评议, full: 10, values: {好: 100, 较好: 80, 一般: 60}}"
    facts = scores("好 12", "较好 5", "一般 3", "差 9", kind="述职评议")

    # (1200 + 400 + 180) ÷ 20 = 89
    assert worth(rules, facts) == "8.90"
    assert worth(rules, scores("差 9", kind="述职评议")) == "0.00"


def test_the_sentence_shows_the_votes():
    rules = "- {rule: a, kind: vote_conversion, count: 述职评议, full: 10, values: {好: 100, 较好: 80}}"

    score = rule(result(of_rules(rules), f"facts:\n{scores('好 12', '较好 8', kind='述职评议')}"), "a")

    assert score.arithmetic == "（好 12 票 × 100 ＋ 较好 8 票 × 80）÷ 20 票 ÷ 100 × 10 = 9.20"
