"""What changed between two schemes, as rules and not as lines of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass

from sisiwu.engine import words
from sisiwu.engine.scheme.model import Item, ResponsibilityList, Rule, Scheme
from sisiwu.engine.values import points_text


@dataclass(frozen=True)
class Change:
    """One difference; ``kind`` is added, removed, changed or renamed."""

    kind: str
    where: str
    """List, item, rule: where it stands, in titles."""
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        match self.kind:
            case "added":
                return f"新增　{self.where}：{self.after}"
            case "removed":
                return f"删去　{self.where}：{self.before}"
            case "renamed":
                return f"改名　{self.where}：{self.before} → {self.after}"
            case _:
                return f"修改　{self.where}：{self.before} → {self.after}"


def diff(old: Scheme, new: Scheme) -> list[Change]:
    """All differences that can change a score, a grade, what follows, or what it rests on."""
    changes = _general(old, new)
    changes += _lists(old, new)
    changes += _grading(old, new)
    changes += _entries(
        "一票否决",
        _told(old.vetoes, words.veto_in_words, old),
        _told(new.vetoes, words.veto_in_words, new),
    )
    changes += _entries(
        "直接定级",
        _told(old.direct_grades, words.direct_grade_in_words, old),
        _told(new.direct_grades, words.direct_grade_in_words, new),
    )
    changes += _entries(
        "结果的运用",
        _told(old.consequences, words.consequence_in_words, old),
        _told(new.consequences, words.consequence_in_words, new),
    )
    changes += _clauses(old, new)
    if old.members is not None and new.members is not None:
        inner = diff(old.members, new.members)
        changes += [Change(one.kind, f"党员办法 {one.where}", one.before, one.after) for one in inner]
    elif (old.members is None) != (new.members is None):
        names = [scheme.members.title if scheme.members else "无" for scheme in (old, new)]
        changes.append(Change("changed", "党员办法", *names))
    return changes


def _general(old: Scheme, new: Scheme) -> list[Change]:
    pairs = [
        ("名称", old.title, new.title),
        ("考核主体", old.subject, new.subject),
        ("考核对象", words.who_in_words(old.who, old), words.who_in_words(new.who, new)),
        ("考核期", _calendars(old), _calendars(new)),
        ("基础分", points_text(old.base), points_text(new.base)),
        ("总分最高", _bound(old.highest), _bound(new.highest)),
        ("总分最低", _bound(old.lowest), _bound(new.lowest)),
        ("不评定等级的", _not_graded(old), _not_graded(new)),
        ("取平均分的上级", _rolled(old), _rolled(new)),
        ("下级自定条目", _local(old), _local(new)),
    ]
    found = [Change("changed", where, before, after) for where, before, after in pairs if before != after]
    said = {change.where for change in found}
    silent = [
        ("考核对象", old.who, new.who),
        ("考核期", old.calendars, new.calendars),
        ("不评定等级的", (old.not_graded, _plain(old.not_graded_when)), (new.not_graded, _plain(new.not_graded_when))),
    ]
    found += [_silent(where) for where, before, after in silent if before != after and where not in said]
    return found


def _silent(where: str) -> Change:
    return Change("changed", where, "原来的写法", "新的写法（文字相同，细节不同）")


def _calendars(scheme: Scheme) -> str:
    return "；".join(words.calendar_in_words(calendar) for calendar in scheme.calendars)


def _bound(value: int | None) -> str:
    return "不限" if value is None else f"{points_text(value)} 分"


def _not_graded(scheme: Scheme) -> str:
    parts = [words.who_in_words(scheme.not_graded, scheme)] if scheme.not_graded is not None else []
    if scheme.not_graded_when is not None:
        parts.append(words.condition_in_words(scheme.not_graded_when, scheme))
    return "；".join(parts) or "无"


def _rolled(scheme: Scheme) -> str:
    if scheme.roll_up is None:
        return "无"
    return "、".join(scheme.catalogue.organization_kinds.title(code) for code in scheme.roll_up.kinds)


def _local(scheme: Scheme) -> str:
    return f"{scheme.local.most} 条，每条 {points_text(scheme.local.each)} 分" if scheme.local else "无"


# --- lists, items, rules


def _lists(old: Scheme, new: Scheme) -> list[Change]:
    before = {list_.id: list_ for list_ in old.lists}
    after = {list_.id: list_ for list_ in new.lists}
    changes = [
        Change("added", one.title, "", words.list_in_words(one, new)) for id_, one in after.items() if id_ not in before
    ]
    changes += [
        Change("removed", one.title, words.list_in_words(one, old)) for id_, one in before.items() if id_ not in after
    ]
    for id_, one in before.items():
        if id_ in after:
            changes += _list(one, after[id_], old, new)
    return changes + _items(old, new)


def _list(one: ResponsibilityList, other: ResponsibilityList, old: Scheme, new: Scheme) -> list[Change]:
    changes = []
    if one.title != other.title:
        changes.append(Change("renamed", "清单", one.title, other.title))
    said, now = words.list_in_words(one, old), words.list_in_words(other, new)
    plain = [_plain(part, skip=("items", "title")) for part in (one, other)]
    if said != now:
        changes.append(Change("changed", other.title, said, now))
    elif plain[0] != plain[1]:
        changes.append(_silent(other.title))
    return changes


def _placed(scheme: Scheme) -> dict[str, tuple[ResponsibilityList, Item]]:
    return {item.id: (list_, item) for list_ in scheme.lists for item in list_.items}


def _items(old: Scheme, new: Scheme) -> list[Change]:
    before, after = _placed(old), _placed(new)
    changes = []
    gone = {id_: pair for id_, pair in before.items() if id_ not in after}
    come = {id_: pair for id_, pair in after.items() if id_ not in before}
    for id_, (list_, item) in list(come.items()):
        same = next((old_id for old_id, (_, was) in gone.items() if _same(was, item)), None)
        if same is not None:
            changes.append(Change("renamed", f"{list_.title}《{item.title}》的编号", same, id_))
            del gone[same], come[id_]
    changes += [Change("added", f"{one.title}《{item.title}》", "", _item(item, new)) for one, item in come.values()]
    changes += [Change("removed", f"{one.title}《{item.title}》", _item(item, old)) for one, item in gone.values()]
    for id_, (list_, item) in before.items():
        if id_ not in after:
            continue
        other_list, other = after[id_]
        where = f"{other_list.title}《{other.title}》"
        if list_.id != other_list.id:
            changes.append(Change("changed", f"《{other.title}》所在清单", list_.title, other_list.title))
        if item.title != other.title:
            changes.append(Change("renamed", f"{other_list.title}条目", item.title, other.title))
        said, now = words.item_in_words(item, old), words.item_in_words(other, new)
        if said != now:
            changes.append(Change("changed", where, said or "不限分", now or "不限分"))
        elif _plain(item, skip=("rules", "title")) != _plain(other, skip=("rules", "title")):
            changes.append(_silent(where))
        changes += _rules(where, item, other, old, new)
    return changes


def _same(one: Item, other: Item) -> bool:
    skip = ("id", "title")
    return _plain(one, skip=skip) == _plain(other, skip=skip)


def _item(item: Item, scheme: Scheme) -> str:
    told = [words.item_in_words(item, scheme), *(words.rule_in_words(rule, scheme) for rule in item.rules)]
    return "；".join(part for part in told if part)


def _rules(where: str, one: Item, other: Item, old: Scheme, new: Scheme) -> list[Change]:
    before = {rule.id: rule for rule in one.rules}
    after = {rule.id: rule for rule in other.rules}
    changes = []
    for id_, rule in after.items():
        if id_ not in before:
            changes.append(Change("added", _named(where, rule), "", words.rule_in_words(rule, new)))
    for id_, rule in before.items():
        if id_ not in after:
            changes.append(Change("removed", _named(where, rule), words.rule_in_words(rule, old)))
            continue
        changed = after[id_]
        said, now = words.rule_in_words(rule, old), words.rule_in_words(changed, new)
        if said != now:
            changes.append(Change("changed", _named(where, changed), said, now))
        elif _counted(rule) != _counted(changed):
            changes.append(_silent(_named(where, changed)))
        if rule.clause != changed.clause:
            changes.append(Change("changed", f"{_named(where, changed)}的依据", rule.clause, changed.clause))
        if rule.reading != changed.reading:
            changes.append(
                Change("changed", f"{_named(where, changed)}的理解", rule.reading or "无", changed.reading or "无")
            )
    if [id_ for id_ in before if id_ in after] != [id_ for id_ in after if id_ in before] and _ordered(one, other):
        changes.append(Change("changed", f"{where}各条先后", "、".join(before), "、".join(after)))
    return changes


def _ordered(one: Item, other: Item) -> bool:
    """Whether the order of rules matters: the earlier rule takes a matter on a tie."""
    rules = (*one.rules, *other.rules)
    return any(getattr(getattr(rule.form, "modifiers", None), "once_group", None) for rule in rules)


def _named(where: str, rule: Rule) -> str:
    return f"{where}“{rule.title or rule.id}”"


def _counted(rule: Rule) -> object:
    return _plain(rule, skip=("title", "kind", "reading", "clause"))


# --- the rest


def _grading(old: Scheme, new: Scheme) -> list[Change]:
    before = {grade.name: words.grade_in_words(grade, old) for grade in old.grading.grades}
    after = {grade.name: words.grade_in_words(grade, new) for grade in new.grading.grades}
    changes = _entries("等级", {n: (s, n) for n, s in before.items()}, {n: (s, n) for n, s in after.items()})
    said, now = words.quota_in_words(old), words.quota_in_words(new)
    if said != now:
        changes.append(Change("changed", "名额", said or "无", now or "无"))
    if list(before) != list(after) and set(before) == set(after):
        changes.append(Change("changed", "等级从高到低", "、".join(before), "、".join(after)))
    if not changes and _plain(old.grading) != _plain(new.grading):
        changes.append(_silent("等级"))
    return changes


def _told[T](entries: Iterable[T], said: Callable[[T, Scheme], str], scheme: Scheme) -> dict[str, tuple[str, object]]:
    return {str(getattr(one, "id", "")): (said(one, scheme), _plain(one, skip=("title",))) for one in entries}


def _entries(
    heading: str, before: Mapping[str, tuple[str, object]], after: Mapping[str, tuple[str, object]]
) -> list[Change]:
    changes = [Change("added", heading, "", said) for id_, (said, _) in after.items() if id_ not in before]
    changes += [Change("removed", heading, said) for id_, (said, _) in before.items() if id_ not in after]
    for id_, (said, plain) in before.items():
        if id_ not in after:
            continue
        now, other = after[id_]
        if said != now:
            changes.append(Change("changed", heading, said, now))
        elif plain != other:
            changes.append(_silent(f"{heading}“{said}”"))
    return changes


def _clauses(old: Scheme, new: Scheme) -> list[Change]:
    before = {clause.id: clause for clause in old.clauses}
    after = {clause.id: clause for clause in new.clauses}
    changes = [Change("added", f"条款 {c.article}", "", c.text) for id_, c in after.items() if id_ not in before]
    changes += [Change("removed", f"条款 {c.article}", c.text) for id_, c in before.items() if id_ not in after]
    moved: Counter[tuple[str, str]] = Counter()
    for id_, clause in before.items():
        other = after.get(id_)
        if other is None:
            continue
        if clause.text != other.text:
            changes.append(Change("changed", f"条款 {other.article}", clause.text, other.text))
        if clause.article != other.article:
            was, now = f"{clause.source} {clause.article}", f"{other.source} {other.article}"
            changes.append(Change("changed", f"条款 {id_} 的出处", was, now))
        elif clause.source != other.source:
            moved[clause.source, other.source] += 1
    for (was, now), count in moved.items():
        changes.append(Change("changed", f"{count} 条条款的出处（条号不变）", was, now))
    return changes


def _plain(value: object, skip: tuple[str, ...] = ()) -> object:
    """A value without the places where it stands in files."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = [field.name for field in fields(value) if field.name not in ("place", *skip)]
        return (type(value).__name__, *((name, _plain(getattr(value, name), skip)) for name in kept))
    if isinstance(value, tuple):
        return tuple(_plain(child, skip) for child in value)
    return value
