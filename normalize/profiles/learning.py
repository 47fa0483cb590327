"""Sheets → profiles: sheets of one form are told by their labels, labels by standing on (nearly) all of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from normalize.cells.kinds import kind_of
from normalize.cells.vocabulary import Term, term_of
from normalize.cells.years import ANY_YEAR
from normalize.profiles.profile import UNKNOWN, VALUE, ProfileLabel
from normalize.profiles.sheets import Sheet, Shown, may_be_label
from normalize.text.folding import squeeze
from normalize.text.form_key import form_key

FEWEST_SHEETS: Final = 3
"""So many sheets of one form tell labels from values; two that agree by chance are frequent."""

SAME_FORM: Final = 0.5
"""The share of label-like texts that a sheet has in common with the core of the form it is of."""

FIRM: Final = 0.8
"""The share of sheets on which a text stands that is a label by that alone. A row that a sheet leaves out, a page that
is cut otherwise, takes a label from some of them."""

OPTIONAL: Final = 0.2
"""The same of a text that the vocabulary knows: parts of a form that only some sheets fill."""

_PROSE: Final = 12
"""Characters; what stands beside a label and is as long, in most sheets, is prose."""

_EXAMPLES: Final = 3
_VALUED: Final = frozenset({"grade", "direction", "name", "org", "document", "code"})
"""Kinds of labels that have a value beside them: what always stands there is a frequent value."""

_NO_LABELS: Final = frozenset({"mark", "options", "direction", "absent", "date"})
"""Kinds of texts that are no labels however often they stand there."""

_YEARS: Final = re.compile("[年度令和平成昭#]+")
"""What is left of a year, or a span of years, in a key."""

_JUDGING: Final = frozenset({"grade", "direction"})
"""Kinds whose words end titles: 事務事業評価, 今後の方向."""


@dataclass(frozen=True, slots=True)
class LearntLabel:
    """A label with why it is one: on how many sheets it stands, what stands beside it, what its meaning rests on."""

    label: ProfileLabel
    sheets: int
    examples: tuple[str, ...]
    why: str


@dataclass(slots=True)
class Form:
    """Sheets of one form."""

    sheets: list[Sheet] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def core(self) -> frozenset[str]:
        """The texts that stand on at least half of the sheets."""
        return frozenset(key for key, count in self.counts.items() if 2 * count >= len(self.sheets))

    def add(self, sheet: Sheet) -> None:
        self.sheets.append(sheet)
        self.counts.update(sheet.keys)


def forms_of(sheets: Iterable[Sheet]) -> tuple[Form, ...]:
    """The sheets by their form, in the order in which forms are met; each sheet is looked at once for each form."""
    forms: list[Form] = []
    for sheet in sheets:
        near = max(forms, key=lambda form: _likeness(form, sheet), default=None)
        if near is None or _likeness(near, sheet) < SAME_FORM:
            near = Form()
            forms.append(near)
        near.add(sheet)
    return tuple(forms)


def _likeness(form: Form, sheet: Sheet) -> float:
    """How much of a form's core a sheet shows."""
    core = form.core
    return len(core & sheet.keys) / len(core) if core else 0.0


def learn(form: Form) -> tuple[LearntLabel, ...]:
    """The labels of a form, in the order of its first sheet that prints each."""
    total = len(form.sheets)
    shown: dict[str, list[Shown]] = {}
    for sheet in form.sheets:
        for one in sheet.texts:
            if may_be_label(one.text):
                shown.setdefault(one.key, []).append(one)
    constants = {key for key, count in form.counts.items() if count >= FIRM * total}
    answers = _answers(form, constants)
    return tuple(
        learnt
        for key, prints in shown.items()
        if (learnt := _learnt(prints, form.counts[key], total, constants, answers)) is not None
    )


def _answers(form: Form, constants: set[str]) -> Mapping[tuple[str, str], frozenset[str]]:
    """What stands to the right of each label, and below it, over all sheets."""
    found: dict[tuple[str, str], set[str]] = {}
    for sheet in form.sheets:
        for one in sheet.texts:
            for where, label in _asking(one):
                if label in constants:
                    found.setdefault((where, label), set()).add(one.key)
    return {place: frozenset(keys) for place, keys in found.items()}


def _asking(one: Shown) -> Iterator[tuple[str, str]]:
    """The texts that may ask for another: on its left, and above it."""
    for where, text in (("left", one.left), ("above", one.above)):
        if text is not None:
            yield where, form_key(text)


def _learnt(
    prints: Sequence[Shown],
    count: int,
    total: int,
    constants: set[str],
    answers: Mapping[tuple[str, str], frozenset[str]],
) -> LearntLabel | None:
    """The label that a text is which stands on `count` of `total` sheets; None for a text that is none."""
    text = prints[0].text
    term = term_of(text)
    support = count / total
    known = term is not None and term.is_whole
    if not _stands_often(count, total, known=known) or not _may_label(prints):
        return None
    is_answer = (term is None or (known and support < FIRM)) and _is_one_of(prints, answers)
    is_value = (term is None or (known and support < FIRM)) and _is_frequent_value(prints)
    if (is_answer and count < total) or (known and is_value):
        return None
    values = _values(prints, constants)
    examples = tuple(dict.fromkeys(values))[:_EXAMPLES]
    if term is None and is_value:
        left = squeeze(prints[0].left or "")
        return LearntLabel(ProfileLabel(text, VALUE, support), count, (), f"always the value of {left}")
    if term is None:
        prose = [value for value in values if len(squeeze(value)) >= _PROSE]
        label = ProfileLabel(text, UNKNOWN, support, holds_prose=not is_answer and 2 * len(prose) > len(values) > 0)
        return LearntLabel(label, count, examples, "not in the vocabulary")
    meaning, why = _meaning(term, is_line=prints[0].is_line)
    return LearntLabel(ProfileLabel(text, meaning, support), count, examples, why)


def _stands_often(count: int, total: int, *, known: bool) -> bool:
    """Whether a text stands on so many sheets as a label does; a known one may be left out where it does not apply."""
    return count >= (OPTIONAL if known else FIRM) * total and (count > 1 or total <= 1)


def _may_label(prints: Sequence[Shown]) -> bool:
    """Whether a text can be a label at all: no number, code or date, but as a heading that is the same everywhere."""
    text = prints[0].text
    kind = kind_of(text, ANY_YEAR)
    is_heading = prints[0].is_line and len({squeeze(one.text) for one in prints}) == 1
    if kind in _NO_LABELS or (kind == "amount" and not is_heading):
        return False
    return may_be_label(_YEARS.sub("", form_key(text)))


def _meaning(term: Term, *, is_line: bool) -> tuple[str, str]:
    """What a label is proposed to mean, and why."""
    if is_line and not term.is_whole and term.kind in _JUDGING:
        return "group.none", "a line that ends like a judgement"
    why = "the vocabulary has it" if term.is_whole else "the vocabulary has its last word"
    return f"{term.kind}.{term.field}", why


def _values(prints: Iterable[Shown], constants: set[str]) -> list[str]:
    """What stands beside or below a label and is no label itself, one for each print.

    What stands below is another label's where that stands on its left.
    """
    found = []
    for one in prints:
        asked = one.below_left is not None and form_key(one.below_left) in constants - {one.key}
        around = (one.right, None if asked else one.below)
        found += [text for text in around if text is not None and form_key(text) not in constants][:1]
    return found


def _is_one_of(prints: Sequence[Shown], answers: Mapping[tuple[str, str], frozenset[str]]) -> bool:
    """Whether a text mostly stands where other sheets, beside or below the same label, have another: an answer."""
    asked = ([answers[place] for place in _asking(one) if place in answers] for one in prints)
    varied = sum(bool(others) and all(len(keys) > 1 for keys in others) for others in asked)
    return 2 * varied > len(prints)


def _is_frequent_value(prints: Sequence[Shown]) -> bool:
    """Whether a text always stands to the right of a label that asks for a value, and heads none itself."""
    asked = [term for one in prints if one.left and (term := term_of(one.left)) is not None and term.is_whole]
    return len(asked) == len(prints) and all(term.kind in _VALUED for term in asked)
