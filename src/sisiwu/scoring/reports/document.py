"""Results as JSON: every subject with its lists, items, rules in words, clauses and the facts counted.

The shape is ``docs/engineers/results.schema.json``. Points are whole hundredths.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from sisiwu.engine.results import ItemScore, Result, RuleScore
from sisiwu.engine.scheme.model import Item, Rule, Scheme
from sisiwu.engine.words import rule_in_words
from sisiwu.scoring.reports.table import Results

FORMAT = 1


class DisagreementError(Exception):
    """The database and the plain reading disagree: nothing may be published."""


def write_json(results: Results, told: Mapping[int, Result], path: Path) -> None:
    """Writes the document; ``told`` are the plain reading's results, which say what was counted.

    Raises DisagreementError when they are not those of the database.
    """
    teller = _Teller(results.scheme)
    document = {
        "format": FORMAT,
        "scheme": {"id": results.scheme.id, "title": results.scheme.title, "version": results.scheme.version},
        "period": results.period.label,
        "as_of": results.as_of.isoformat(),
        "subjects": [teller.subject(results, told[score.subject]) for score in results.ranked()],
    }
    for number, score in results.scores.items():
        result = told[number]
        if (result.total_centi, result.grade, result.place) != (score.total_centi, score.grade, score.place):
            raise DisagreementError(results.names[number][1])
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


class _Teller:
    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.items: dict[str, Item] = {item.id: item for item in scheme.items()}
        self.lists = {list_.id: list_.title for list_ in scheme.lists}
        self.sources = {source.id: source.title for source in scheme.sources}
        self._rules = {rule.id: self._rule_text(rule) for rule in scheme.rules()}

    def subject(self, results: Results, result: Result) -> dict[str, object]:
        id_, name = results.names[result.subject]
        titles = results.titles()
        return {
            "id": id_,
            "name": name,
            "kind": results.kinds.get(result.subject, ""),
            "total_centi": result.total_centi,
            "grade": result.grade,
            "place": result.place,
            "consequences": [{"id": one, "title": titles[one]} for one in result.consequences],
            "notes": list(result.notes),
            "lists": [
                {
                    "id": score.list,
                    "title": self.lists[score.list],
                    "score_centi": score.score_centi,
                    "items": [self._item(item) for item in score.items],
                }
                for score in result.lists
            ],
        }

    def _item(self, score: ItemScore) -> dict[str, object]:
        item = self.items[score.item]
        return {
            "id": item.id,
            "title": item.title,
            "score_centi": score.score_centi,
            "full_centi": score.full_centi,
            "applies": score.applies,
            "note": score.note,
            "rules": [self._rule(rule) for rule in score.rules],
        }

    def _rule(self, score: RuleScore) -> dict[str, object]:
        return {
            **self._rules[score.rule],
            "score_centi": score.score_centi,
            "arithmetic": score.arithmetic,
            "facts": [line.fact.id for line in score.lines],
            "not_counted": [line.fact.id for line in score.uncounted],
        }

    def _rule_text(self, rule: Rule) -> dict[str, object]:
        clause = self.scheme.clause(rule.clause)
        cited = {
            "id": rule.clause,
            "document": self.sources.get(clause.source, clause.source) if clause else "",
            "article": clause.article if clause else "",
            "text": clause.text if clause else "",
        }
        return {"id": rule.id, "words": rule_in_words(rule, self.scheme), "clause": cited}
