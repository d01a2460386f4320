"""Which facts a rule counts, and whose they are."""

from tests.engine.build import of_rules, totals, worth


def test_only_the_levels_that_are_named():
    rules = "- {rule: a, kind: per_event, count: 党建文章刊发, where: {level: 国家级}, points: 2}"
    facts = """\
        - {kind: 党建文章刊发, level: 省级, on: 2018-03-01}
        - {kind: 党建文章刊发, level: 国家级, on: 2018-03-01}
        """

    assert worth(rules, facts) == "2.00"


def test_all_of_the_marks_and_none_of_those_without():
    rules = """\
        - rule: a
          kind: per_event
          count: 日常违规行为
          where: {mark: 主要责任, without: 免予记分}
          points: -3
        """
    facts = """\
        - {kind: 日常违规行为, level: 一般违规, on: 2018-03-01}
        - {kind: 日常违规行为, level: 一般违规, marks: [主要责任], on: 2018-03-02}
        - {kind: 日常违规行为, level: 一般违规, marks: [主要责任, 免予记分], on: 2018-03-03}
        """

    assert worth(rules, facts, subject="member") == "-3.00"


def test_quantities_from_a_bound_to_below_another():
    rules = "- {rule: a, kind: per_event, count: 集中培训学时, where: {quantity: {from: 8, below: 32}}, points: 1}"
    facts = """\
        - {kind: 集中培训学时, quantity: 7.99, on: 2018-03-01}
        - {kind: 集中培训学时, quantity: 8, on: 2018-03-01}
        - {kind: 集中培训学时, quantity: 31.99, on: 2018-03-01}
        - {kind: 集中培训学时, quantity: 32, on: 2018-03-01}
        """

    assert worth(rules, facts, subject="member") == "2.00"


def test_a_position_must_be_held_on_the_day_of_the_fact():
    rules = "- {rule: a, kind: per_event, count: 讲党课, where: {position: 书记}, points: 1}"
    facts = """\
        - {kind: 讲党课, on: 2018-03-31}
        - {kind: 讲党课, on: 2018-04-01}
        - {kind: 讲党课, on: 2018-06-30}
        - {kind: 讲党课, on: 2018-07-01}
        """
    positions = "[{member: 张三, organization: 甲支部, position: 书记, from: 2018-04-01, to: 2018-06-30}]"

    assert worth(rules, facts, subject="member", positions=positions, members="[{id: 张三}]") == "2.00"


def test_an_organization_may_count_the_facts_of_its_members():
    rules = "- {rule: a, kind: per_event, count: 无故缺席组织生活, of: members, points: -0.5}"
    text = """\
        organizations: [{id: 甲支部}, {id: 乙支部}]
        members: [{id: 张三, branch: 甲支部}, {id: 李四, branch: 甲支部}, {id: 王五, branch: 乙支部}]
        facts:
          - {kind: 无故缺席组织生活, subject: 张三, on: 2018-03-01}
          - {kind: 无故缺席组织生活, subject: 李四, on: 2018-03-01}
          - {kind: 无故缺席组织生活, subject: 王五, on: 2018-03-01}
        """

    assert totals(of_rules(rules), text) == {"甲支部": "-1.00", "乙支部": "-0.50"}


LIABLE = """\
- rule: liable
  kind: joint_liability
  count: 组织生活不规范
  points: {书记: -2, 委员: -1}
"""

OFFICERS = """\
members: [{id: 张三}, {id: 李四}, {id: 王五}]
positions:
  - {member: 张三, organization: 甲支部, position: 委员, from: 2018-01-01}
  - {member: 张三, organization: 甲支部, position: 书记, from: 2018-06-01}
  - {member: 李四, organization: 甲支部, position: 委员, from: 2018-01-01, to: 2018-05-31}
facts:
  - {kind: 组织生活不规范, on: 2018-03-01}
  - {kind: 组织生活不规范, on: 2018-06-01}
"""


def test_who_leads_answers_for_the_organization_by_the_first_position_of_the_table():
    found = totals(of_rules(LIABLE, subject="member"), OFFICERS)

    assert found == {"张三": "-3.00", "李四": "-1.00", "王五": "0.00"}


def test_who_leads_answers_for_colleagues_but_not_for_oneself():
    rules = "- {rule: liable, kind: joint_liability, of: colleagues, count: 无故缺席组织生活, points: {书记: -1}}"
    text = """\
        members: [{id: 张三, posts: [书记]}, {id: 李四}]
        facts:
          - {kind: 无故缺席组织生活, subject: 张三, on: 2018-03-01}
          - {kind: 无故缺席组织生活, subject: 李四, on: 2018-03-01}
          - {kind: 无故缺席组织生活, subject: 李四, on: 2018-03-02}
        """

    assert totals(of_rules(rules, subject="member"), text) == {"张三": "-2.00", "李四": "0.00"}


def test_a_rule_is_worth_nothing_while_there_is_a_reason_against_it():
    rules = """\
        - rule: a
          kind: per_event
          count: 党课
          points: 1
          unless: {count: 班子成员严重违纪违法}
        """
    lecture, crime = "- {kind: 党课, on: 2018-03-01}\n", "- {kind: 班子成员严重违纪违法, on: 2018-09-01}\n"

    assert worth(rules, lecture) == "1.00"
    assert worth(rules, lecture + crime) == "0.00"


def test_a_rule_may_be_for_some_only():
    rules = "- {rule: a, kind: per_event, count: 党课, points: 1, applies_to: {size: {from: 7, below: 50}}}"
    text = """\
        organizations: [{id: 小, size: 6}, {id: 中, size: 7}, {id: 大, size: 50}]
        facts:
          - {kind: 党课, subject: 小, on: 2018-03-01}
          - {kind: 党课, subject: 中, on: 2018-03-01}
          - {kind: 党课, subject: 大, on: 2018-03-01}
        """

    assert totals(of_rules(rules), text) == {"小": "0.00", "中": "1.00", "大": "0.00"}


def test_kind_region_marks_and_age_say_for_whom():
    who = "{kind: 党支部, region: 成都市, mark: 窗口单位, without: 临时组织, tenure_months: 12}"
    rules = f"- {{rule: a, kind: per_event, count: 党课, points: 1, applies_to: {who}}}"
    good = "kind: 党支部, region: 成都市, marks: [窗口单位], since: 2017-12-31"
    text = f"""\
        organizations:
          - {{id: 合, {good}}}
          - {{id: 类, {good.replace("党支部", "党委")}}}
          - {{id: 地, {good.replace("成都", "自贡")}}}
          - {{id: 标, {good.replace("窗口单位", "联系点")}}}
          - {{id: 临, {good.replace("窗口单位", "窗口单位, 临时组织")}}}
          - {{id: 新, {good.replace("2017-12-31", "2018-01-01")}}}
        facts: [{", ".join(f"{{kind: 党课, subject: {name}, on: 2018-03-01}}" for name in "合类地标临新")}]
        """

    assert [name for name, total in totals(of_rules(rules), text).items() if total == "1.00"] == ["合"]


def test_status_and_posts_say_for_which_persons():
    who = "{status: 正式党员, without_position: 书记}"
    rules = f"- {{rule: a, kind: per_event, count: 讲党课, points: 1, applies_to: {who}}}"
    text = """\
        members: [{id: 张三}, {id: 李四, status: 预备党员}, {id: 王五, posts: [书记]}]
        facts:
          - {kind: 讲党课, subject: 张三, on: 2018-03-01}
          - {kind: 讲党课, subject: 李四, on: 2018-03-01}
          - {kind: 讲党课, subject: 王五, on: 2018-03-01}
        """

    assert totals(of_rules(rules, subject="member"), text) == {"张三": "1.00", "李四": "0.00", "王五": "0.00"}
