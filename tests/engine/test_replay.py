"""The same facts under two schemes: who moves, by how much, because of what."""

from tests.engine.build import case, of_rules

from sisiwu.engine import reference
from sisiwu.engine.replay import Cause, Outcome, Replay, replay
from sisiwu.engine.scheme.model import Scheme

RULES = """\
- {rule: lecture, kind: per_missing, count: 党课, required: 4, points: -1}
- {rule: article, kind: by_level, count: 党建文章刊发, points: {省级: 1, 国家级: 2}}
"""
GRADES = "grading: {grades: [{grade: 好, from: 99}, {grade: 差}]}"
FACTS = """\
organizations: [{id: 甲支部}, {id: 乙支部}, {id: 丙支部}]
facts:
  - {kind: 党课, subject: 甲支部, on: 2018-03-01, times: 4}
  - {kind: 党课, subject: 乙支部, on: 2018-03-01, times: 3}
  - {kind: 党课, subject: 丙支部, on: 2018-03-01, times: 4}
  - {kind: 党建文章刊发, subject: 丙支部, level: 国家级, on: 2018-04-01}
"""


def compared(old: Scheme, new: Scheme) -> Replay:
    happened = case(old, FACTS)
    outcomes = [
        {
            number: Outcome.of(result)
            for number, result in reference.evaluate(scheme, happened.dataset, happened.period).items()
        }
        for scheme in (old, new)
    ]
    return replay(old, new, *outcomes)


def test_every_move_is_told_with_its_item_and_the_rule_that_changed() -> None:
    old = of_rules(RULES, list_="base: 100", more=GRADES)
    new = of_rules(
        RULES.replace("points: -1", "points: -2").replace("国家级: 2", "国家级: 1.5"), list_="base: 100", more=GRADES
    )

    result = compared(old, new)

    moved = {move.subject: (move.difference_centi, move.before.grade, move.after.grade) for move in result.moves}
    assert moved == {2: (-100, "好", "差"), 3: (-50, "好", "好"), 1: (0, "好", "好")}
    assert [move.subject for move in result.moves] == [2, 3, 1]
    assert dict(result.flow) == {("好", "好"): 2, ("好", "差"): 1}
    assert result.unmoved == 1
    assert result.by_item == {"唯一条目": -150}
    cause = result.moves[0].causes[0]
    assert (cause.title, cause.difference_centi) == ("唯一条目", -100)
    assert "每缺1次党课（全年应4次）扣1分 → 每缺1次党课（全年应4次）扣2分" in cause.why


def test_what_the_items_do_not_explain_is_told_apart() -> None:
    old = of_rules(RULES, list_="base: 100")
    new = of_rules(RULES, list_="base: 100\ncap: 101")

    causes = {move.subject: move.causes for move in compared(old, new).moves}

    assert causes[3] == (Cause("清单折算、限额和总分限额", -100),)
    assert causes[1] == causes[2] == ()


def test_a_scheme_replayed_on_itself_moves_nobody() -> None:
    same = of_rules(RULES, list_="base: 100", more=GRADES)

    assert compared(same, same).unmoved == 3
