"""What an indicator's words and numbers tell beside its values: which way is better, and what kind of cost it is.

What the reader of a form has said stands. Where nothing tells, or two things contradict each other, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from normalize.text.folding import squeeze
from schemas.closed_sets import Better, CostKind
from schemas.codes import better_words, cost_words
from schemas.records import Indicator, Observation

_REMARK = re.compile(r"\([^()]*\)$|【[^【】]*】$|\[[^\[\]]*\]$|[※*]+$|[・…/]+$|(?<=[費額計金源])[A-Z]$|^\([^()]{1,3}\)")
_CIRCLED = re.compile(r"[①-⑳]")
_UP = frozenset({">=", ">"})
_DOWN = frozenset({"<=", "<"})
_SUMS = frozenset({"計", "合計", "合計額", "総計", "小計"})
_OTHERS = frozenset({"その他", "其他", "其の他"})
_FUNDS: frozenset[CostKind] = frozenset({"national", "prefectural", "bond", "other", "general"})


def with_facts(indicators: Sequence[Indicator], observations: Sequence[Observation]) -> Iterator[Indicator]:
    """The indicators of a document with `better` and `cost_kind` where something tells them."""
    seen: dict[str, list[Observation]] = {}
    for observation in observations:
        seen.setdefault(observation.indicator_id, []).append(observation)
    named = [
        replace(one, cost_kind=one.cost_kind or cost_kind_of(one.indicator_name or one.indicator_text))
        if one.indicator_measure == "currency"
        else one
        for one in indicators
    ]
    named = [*_others_among_funds(named)]
    kinds = _kinds_of_sums(named, seen)
    for one in named:
        kind = one.cost_kind or kinds.get(one.indicator_id)
        better = one.better or (None if kind else better_of(one, seen.get(one.indicator_id, ())))
        yield replace(one, cost_kind=kind, better=better)


def facts_again(
    was: tuple[Sequence[Indicator], Sequence[Observation]], now: tuple[Sequence[Indicator], Sequence[Observation]]
) -> Iterator[Indicator]:
    """The indicators as they are now, with `better` and `cost_kind` told anew where their records told them before.

    `was` and `now` are the indicators and observations before and after records changed. What the reader of a form or a
    person has said stands: it is not what the records alone told.
    """
    told_before = {one.indicator_id: one for one in with_facts([*map(_untold, was[0])], was[1])}
    told_now = {one.indicator_id: one for one in with_facts([*map(_untold, now[0])], now[1])}
    before = {one.indicator_id: one for one in was[0]}
    for one in now[0]:
        again = told_now[one.indicator_id]
        if one.indicator_id not in before:  # a person added it
            yield replace(one, better=one.better or again.better, cost_kind=one.cost_kind or again.cost_kind)
            continue
        old, derived = before[one.indicator_id], told_before[one.indicator_id]
        yield replace(
            one,
            better=again.better if one.better == old.better == derived.better else one.better,
            cost_kind=again.cost_kind if one.cost_kind == old.cost_kind == derived.cost_kind else one.cost_kind,
        )


def _untold(one: Indicator) -> Indicator:
    return replace(one, better=None, cost_kind=None)


def better_of(indicator: Indicator, observations: Sequence[Observation]) -> Better | None:
    """Which way is better, as the document says it, else its target, else the word for what is counted.

    A target of 90 or more says up, one of 5 or less says down. Targets that are no bounds say it by going up or
    down from the baseline; where the word says otherwise, neither counts.

    >>> rate = Indicator(indicator_id="i", measure_id="m", indicator_name="不登校児童の割合", indicator_text="割合",
    ...                  unit="%", indicator_measure="percentage", position=1)
    >>> better_of(rate, [])
    'down'
    """
    word = better_of_words(indicator.indicator_name or "") or better_of_words(indicator.indicator_text)
    targets = [seen for seen in observations if seen.role == "target" and seen.value is not None]
    comparators = {seen.comparator for seen in targets}
    if bound := _agreed(comparators & _UP, comparators & _DOWN):
        return bound
    if comparators & (_UP | _DOWN):
        return None
    course = _course(targets, [seen for seen in observations if seen.role == "baseline" and seen.value is not None])
    if course and word and course != word:
        return None
    return course or word


def better_of_words(name: str) -> Better | None:
    """Which way is better, by the words of a name alone.

    >>> [better_of_words(name) for name in ("交通事故防止講習会の参加者数", "ごみの排出量（1人1日当たり）", "相談件数")]
    ['up', 'down', None]
    """
    if cost_kind_of(name):
        return None
    for text in _forms(name):
        for pattern, better in better_words():
            if pattern.search(text):
                return better
    return None


def cost_kind_of(name: str) -> CostKind | None:
    """Which cost or source of funds a row of money is, by its words; None for what is no cost of a project.

    >>> [cost_kind_of(name) for name in ("事業費計（Ａ）", "トータルコスト", "県支出金", "うち一般財源", "観光消費額")]
    ['project', 'total', 'prefectural', 'general', None]
    """
    whole = squeeze(name)
    if "÷" in whole or any(kind == "per_unit" and pattern.search(whole) for pattern, kind in cost_words()):
        return "per_unit"
    for text in _forms(name):
        for pattern, kind in cost_words():
            if pattern.search(text):
                return kind
    return None


def _forms(name: str) -> Iterator[str]:
    """The last part of a name (heads above it stand before it, with `` / ``) as it is, and without the remarks in front
    of and behind it, one after the other."""
    text = squeeze(_CIRCLED.sub("", name.rpartition(" / ")[2]))
    yield text
    while (shorter := _REMARK.sub("", text)) != text and shorter:
        text = shorter
        yield text


def _agreed(up: object, down: object) -> Better | None:
    return None if bool(up) == bool(down) else "up" if up else "down"


def _course(targets: Sequence[Observation], baselines: Sequence[Observation]) -> Better | None:
    """Whether the targets, all in the baseline's unit, end above or below it, and go in that direction.

    Targets that rise again after they were set below the baseline say that more is meant, and less was expected.
    """
    if not targets or not baselines:
        return None
    first = max(baselines, key=lambda seen: seen.fiscal_year or 0)
    later = sorted(targets, key=lambda seen: seen.fiscal_year or seen.deadline_fy or 0)
    if any((seen.unit, seen.frequency) != (first.unit, first.frequency) for seen in later):
        return None
    values = [seen.value for seen in (first, *later) if seen.value is not None]
    ends_above = values[-1] > values[0] and all(after >= before for before, after in pairwise(values[1:]))
    ends_below = values[-1] < values[0] and all(after <= before for before, after in pairwise(values))
    return _agreed(ends_above, ends_below)


def _others_among_funds(indicators: Sequence[Indicator]) -> Iterator[Indicator]:
    """A row that is called その他 alone is a source of funds only beside another: costs have such a row too."""
    with_funds = {one.measure_id for one in indicators if one.cost_kind in _FUNDS - {"other"}}
    for one in indicators:
        is_bare = one.cost_kind == "other" and [*_forms(one.indicator_name or one.indicator_text)][-1] in _OTHERS
        yield replace(one, cost_kind=None) if is_bare and one.measure_id not in with_funds else one


def _kinds_of_sums(
    indicators: Sequence[Indicator], seen: Mapping[str, Sequence[Observation]]
) -> Mapping[str, CostKind]:
    """What rows that are called 計 alone are, by the rows above them that they add up: the total where staff is among
    these, the project's cost where they are its sources of funds or its costs without staff."""
    of_measure: dict[str, list[Indicator]] = {}
    for one in indicators:
        if one.indicator_measure == "currency":
            of_measure.setdefault(one.measure_id, []).append(one)
    found: dict[str, CostKind] = {}
    for own in of_measure.values():
        values = [_values(seen.get(one.indicator_id, ())) for one in own]
        for at, one in enumerate(own):
            if one.cost_kind is None and any(text in _SUMS for text in _forms(one.indicator_name or "")):
                tops = _tops(values[:at])
                runs = [tops[start:] for start in range(len(tops) - 1)]
                adding = [run for run in runs if _adds_up(values[at], [values[part] for part in run])]
                kinds = {_kind_of_parts([own[part].cost_kind for part in run]) for run in adding}
                if len(kinds) == 1 and (kind := kinds.pop()):
                    found[one.indicator_id] = kind
    return found


def _tops(values: Sequence[Mapping[tuple[str, int], float]]) -> list[int]:
    """The rows that are no parts of one above them: 物件費 above its 委託料 and その他 counts for all three."""
    tops: list[int] = []
    at = 0
    while at < len(values):
        tops.append(at)
        ends = [end for end in range(at + 3, len(values) + 1) if _adds_up(values[at], values[at + 1 : end])]
        at = ends[0] if ends and any(values[at].values()) else at + 1
    return tops


def _kind_of_parts(parts: Sequence[CostKind | None]) -> CostKind | None:
    if "personnel" in parts and not _FUNDS & {*parts}:
        return "total"
    return "project" if all(part in _FUNDS for part in parts) else None


def _adds_up(whole: Mapping[tuple[str, int], float], parts: Sequence[Mapping[tuple[str, int], float]]) -> bool:
    """Whether the parts add up to the whole wherever two of them are printed, and are so somewhere. One that is not
    printed is nought."""
    shared = [key for key in whole if sum(key in part for part in parts) > 1]
    return bool(shared) and all(whole[key] == sum(part.get(key, 0.0) for part in parts) for key in shared)


def _values(observations: Sequence[Observation]) -> Mapping[tuple[str, int], float]:
    return {
        (seen.role, seen.fiscal_year): seen.value
        for seen in observations
        if seen.value is not None and seen.fiscal_year is not None
    }
