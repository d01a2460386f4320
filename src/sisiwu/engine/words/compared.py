"""The forms that look at a measure, in words: bands, steps, ratios, ranks, averages."""

from __future__ import annotations

from sisiwu.engine.catalogue import Catalogue
from sisiwu.engine.scheme import forms
from sisiwu.engine.values import points_text
from sisiwu.engine.words.picks import (
    PERCENT,
    baseline_in_words,
    measure_in_words,
    metric_in_words,
    peers_in_words,
)
from sisiwu.engine.words.points import plain, worth


def compared_in_words(form: forms.Form, catalogue: Catalogue) -> str:
    """A form with a metric as a clause of a sentence."""
    match form:
        case forms.Band():
            rows = "，".join(
                f"达到{measure_in_words(form.metric, low, catalogue)}{worth(value)}" for low, value in form.bands
            )
            return f"{metric_in_words(form.metric, catalogue)}：{rows}"
        case forms.Step():
            return _step(form, catalogue)
        case forms.Ratio():
            if form.out_of is None:
                whole = f"{peers_in_words(form.peers)}最高的"
            else:
                whole = measure_in_words(form.metric, form.out_of, catalogue)
            return f"按{metric_in_words(form.metric, catalogue)}与{whole}之比得分，满分{plain(form.full)}"
        case forms.RankPoints():
            return _rank(form, catalogue)
        case forms.VsPeerAverage():
            mean = f"{peers_in_words(form.peers)}平均"
            text = (
                f"{metric_in_words(form.metric, catalogue)}高于{mean}的{worth(form.above)}，低于的{worth(form.below)}"
            )
            return text + (f"，相等的{worth(form.equal)}" if form.equal else "")
        case _:
            raise TypeError(form)


def _step(form: forms.Step, catalogue: Catalogue) -> str:
    below = form.direction == "below"
    if form.metric.of in PERCENT:
        size, more, less = f"{points_text(form.step)}个百分点", "高", "低"
    else:
        size, more, less = measure_in_words(form.metric, form.step, catalogue), "多", "少"
    base = baseline_in_words(form.baseline, form.metric, catalogue)
    began = f"（不足{size}的按{size}计）" if form.began else ""
    text = f"{metric_in_words(form.metric, catalogue)}{'低于' if below else '高于'}{base}的"
    return f"{text}，每{less if below else more}{size}{worth(form.points)}{began}"


def _rank(form: forms.RankPoints, catalogue: Catalogue) -> str:
    order = "从低到高" if form.lowest else "从高到低"
    rows = "，".join(f"第{place}名{worth(value)}" for place, value in enumerate(form.table, 1))
    text = f"{metric_in_words(form.metric, catalogue)}在{peers_in_words(form.peers)}中{order}排名：{rows}"
    if not form.then_each:
        return f"{text}，以后各名与末名相同"
    verb = "减" if form.then_each < 0 else "增"
    then = f"，以后每名依次{verb}{plain(abs(form.then_each))}"
    return text + then + (f"，到{worth(form.until)}为止" if form.until is not None else "")
