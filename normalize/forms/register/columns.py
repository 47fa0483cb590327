"""The heads of a register → what each column holds.

A head is a path of lines: `⑤ 活動指標（…）` over `ア：名称`. What a column means is told by the parts of its path and
the field's vocabulary; a head that stands there again, in another group of columns, means the same of another year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from normalize.text.folding import squeeze
from schemas.closed_sets import SECTIONS, IndicatorKind, Level, Section
from schemas.codes.vocabulary import Word, vocabulary

ColumnKind = Literal[
    "name", "code", "digit", "org", "year", "indicator_name", "indicator_unit", "value", "cost", "grade", "direction",
    "passage", "aside",
]  # fmt: skip

_NUMBER: Final = re.compile(r"^(?:[①-⑳]|[(（]?[0-9０-９]{1,2}[)）.．]|[0-9０-９]{1,2}(?=[^\W\d]))+")
_MARK: Final = re.compile(r"[(（]?[A-ZＡ-Ｚ][)）]?(?:[+＋][(（]?[A-ZＡ-Ｚ][)）]?)*$")
_REMARK: Final = re.compile(r"[(（][^()（）]*[)）]$")
_DIGIT: Final = re.compile(r"[千百十一]の位")
_INDICATOR: Final = re.compile(r"([^\W\d_]*?)指標")
_OF_INDICATOR: Final = re.compile(r"(?P<key>[^:：]{0,4}?)[:：]?(?P<field>名称|指標名|名|単位)?")
_KINDS: Final[dict[str, IndicatorKind]] = {"活動": "activity", "成果": "outcome"}
_JUDGED: Final = re.compile(r"(?:性|余地|影響|達成度|進捗状況|成果)(?:[(（].*[)）])?$")
_DIRECTION: Final = re.compile(r"方向性?$")
_QUESTION: Final = re.compile(r"(?:か|[?？])(?:[(（].*[)）])?[。]?$")
_YEAR: Final = re.compile(r"(?:対象|評価)?年度")
_CODE_WORD: Final = re.compile(r"(?:ID|番号|コード|№|No\.?)$")
_PROJECT: Final = re.compile(r"事務事業名?称?$")
_SECTIONS: Final = (
    ("概要|内容", "description"), ("実績|実施状況", "done"), ("計画|予定", "planned"), ("課題|問題", "issue"),
    ("目的|対象|意図|結果|目標", "aim"), ("今後|改善|総括", "next_year"), ("状況|環境|経緯|きっかけ", "state"),
)  # fmt: skip
"""Words of a head that tell the section of prose under it, the most telling first."""
_WHOLE_PLAN: Final = re.compile(r"全体計画|総計画")

LEVEL_OF: Final[dict[str, Level]] = {
    "policy": "policy", "goal": "policy", "measure-group": "policy", "measure": "measure", "program": "program",
    "action": "action",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds.

    `key` tells the things of one kind apart: the head itself, an indicator's kind and letter, or of a code the name of
    what it numbers. `field` is the vocabulary's: a level, a role, a section. `group` counts, from 0, how often the same
    head stood there before, where heads come in equal groups. A cost of `is_whole_plan` is that of all years.
    """

    col: int
    kind: ColumnKind
    key: str = ""
    field: str = ""
    indicator_kind: IndicatorKind | None = None
    group: int | None = None
    is_whole_plan: bool = False


def head_parts(head: str) -> tuple[str, ...]:
    """The parts of a head's path, squeezed, without numbers in front.

    >>> head_parts("⑤ 活動指標（活動量を表す指標）\\nア：名称"), head_parts("(1) 改革改善の方向性")
    (('活動指標(活動量を表す指標)', 'ア:名称'), ('改革改善の方向性',))
    """
    parts = (_NUMBER.sub("", squeeze(part)) for part in head.split("\n"))
    return tuple(part for part in parts if part)


@cache
def _words() -> tuple[dict[str, Word], tuple[Word, ...]]:
    whole = {squeeze(word.spelling): word for word in vocabulary() if word.match == "whole"}
    ends = sorted((word for word in vocabulary() if word.match == "end"), key=lambda word: -len(word.spelling))
    return whole, tuple(ends)


def word_of(label: str) -> Word | None:
    """What the vocabulary knows of a squeezed label, a remark or a letter mark behind it aside.

    >>> [word.kind for label in ("事業費計(A)", "政策名", "知らない") if (word := word_of(label))]
    ['cost', 'name']
    """
    whole, ends = _words()
    shapes = (label, _MARK.sub("", label), _REMARK.sub("", label))
    found = next((whole[shape] for shape in shapes if shape in whole), None)
    return found or next(
        (word for word in ends if any(shape.endswith(squeeze(word.spelling)) for shape in shapes)), None
    )


def heads_to_columns(heads: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a register. Heads that stand there several times in equal groups have the number of their group.

    >>> heads = ["事務事業名", "活動指標\\nア：名称", "活動指標\\nア：単位"]
    >>> found = heads_to_columns(heads + ["事業費計", "活動指標\\nア"] * 2)
    >>> [(column.kind, column.group) for column in found][3:]
    [('cost', 0), ('value', 0), ('cost', 1), ('value', 1)]
    """
    columns = [_column(col, head_parts(head)) for col, head in enumerate(heads)]
    return tuple(_with_answers(heads, _grouped(columns)))


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of one column, by its parts from the group to what stands in the column."""

    col: int
    parts: tuple[str, ...]

    @property
    def label(self) -> str:
        return "".join(self.parts)

    @property
    def is_grouped(self) -> bool:
        return len(self.parts) > 1

    @property
    def word(self) -> Word | None:
        """The word of the vocabulary that the head is: as a whole, else by its last part, else by its group."""
        own = word_of(self.label) or word_of(self.parts[-1])
        return own or (word_of(self.parts[0]) if self.is_grouped else None)


def _column(col: int, parts: tuple[str, ...]) -> Column:
    """The column under a head: what the first of the questions says that has an answer."""
    head = _Head(col, parts)
    aside = Column(col, "aside", head.label)
    return next(filter(None, (says(head) for says in _COLUMNS)), aside) if parts else aside


def _of_whole_plan(head: _Head) -> Column | None:
    planned = _WHOLE_PLAN.match(head.label)
    if planned is None:
        return None
    is_cost = _is_cost(word_of(head.label[planned.end() :].strip("()（）・:：")))
    return Column(head.col, "cost" if is_cost else "aside", head.label, is_whole_plan=is_cost)


def _digit(head: _Head) -> Column | None:
    is_digit = head.is_grouped and _DIGIT.fullmatch(head.parts[-1])
    return Column(head.col, "digit", _CODE_WORD.sub("", head.parts[0])) if is_digit else None


def _of_indicator(head: _Head) -> Column | None:
    named, inside = _INDICATOR.match(head.parts[0]), _OF_INDICATOR.fullmatch(head.parts[-1])
    return _indicator_column(head.col, named[1], inside) if named and inside and head.is_grouped else None


def _year(head: _Head) -> Column | None:
    return Column(head.col, "year", head.label) if _YEAR.fullmatch(head.label) else None


def _direction(head: _Head) -> Column | None:
    if not _DIRECTION.search(head.parts[-1]):
        return None
    return Column(head.col, "direction", head.parts[-1], head.parts[0] if head.is_grouped else "")


def _code(head: _Head) -> Column | None:
    is_code = _CODE_WORD.search(head.label)
    return Column(head.col, "code", _CODE_WORD.sub("", head.label)) if is_code else None


def _name(head: _Head) -> Column | None:
    word = head.word
    if word is None or word.kind != "name":
        return None
    level = "action" if _PROJECT.search(head.label) else LEVEL_OF.get(word.field, "")
    return Column(head.col, "name" if level else "aside", re.sub("(?:名称?)$", "", head.label), level)


def _org(head: _Head) -> Column | None:
    word = head.word
    return Column(head.col, "org", head.label, word.field) if word is not None and word.kind == "org" else None


def _cost(head: _Head) -> Column | None:
    return Column(head.col, "cost", head.label) if _is_cost(head.word) else None


def _grade(head: _Head) -> Column | None:
    word = head.word
    is_graded = word is not None and (word.kind, word.field) == ("grade", "grade")
    return Column(head.col, "grade", head.label) if is_graded or _JUDGED.search(head.label) else None


_COLUMNS: Final[tuple[Callable[[_Head], Column | None], ...]] = (
    _of_whole_plan, _digit, _of_indicator, _year, _direction, _code, _name, _org, _cost, _grade,
)  # fmt: skip
"""What a head may say of its column, in the order in which it is asked."""


def _is_cost(word: Word | None) -> bool:
    return word is not None and word.kind == "cost" and word.field != "caption"


def section_of(head: str) -> Section:
    """The section of the prose under a head: by the words of its last part, else by the vocabulary.

    >>> section_of("① 手段（主な活動）\\n前年度実績"), section_of("どんな意見があるか？")
    ('done', 'background')
    """
    parts = head_parts(head)
    last = _REMARK.sub("", parts[-1]) if parts else ""
    for pattern, section in _SECTIONS:
        if not _QUESTION.search(last) and re.search(pattern, last):
            return SECTIONS[section]
    word = word_of("".join(parts))
    return SECTIONS[word.field] if word is not None and word.kind == "passage" else "background"


def _indicator_column(col: int, kind: str, inside: re.Match[str]) -> Column:
    key = f"{kind}{inside['key']}"
    told = inside["field"]
    column_kind: ColumnKind = "value" if told is None else "indicator_unit" if told == "単位" else "indicator_name"
    return Column(col, column_kind, key, indicator_kind=_KINDS.get(kind))


def _grouped(columns: Sequence[Column]) -> list[Column]:
    """The columns with the numbers of their groups, where those of numbers stand in equal groups side by side.

    Columns of numbers that stand outside of the groups are left aside: nothing says which year they are of.
    """
    numeric = [column for column in columns if column.kind in ("value", "cost") and not column.is_whole_plan]
    keys = [(column.kind, column.key) for column in numeric]
    times = max((keys.count(key) for key in keys), default=0)
    members = [column for column, key in zip(numeric, keys, strict=True) if keys.count(key) == times]
    size = len(members) // times if times else 0
    numbers = {column.col: place // size for place, column in enumerate(members)} if size else {}
    blocks = [[(c.kind, c.key) for c in members[size * group : size * (group + 1)]] for group in range(times)]
    together = bool(members) and members[-1].col - members[0].col == len(members) - 1
    if not together or any(block != blocks[0] for block in blocks):
        numbers = {}
    return [_with_group(column, numbers) for column in columns]


def _with_group(column: Column, numbers: dict[int, int]) -> Column:
    if column.kind not in ("value", "cost") or column.is_whole_plan:
        return column
    group = numbers.get(column.col)
    if group is None:
        return Column(column.col, "aside", column.key)
    return Column(column.col, column.kind, column.key, column.field, column.indicator_kind, group)


def _with_answers(heads: Sequence[str], columns: Sequence[Column]) -> Iterator[Column]:
    """The columns, those whose head is a question behind a judgement being the reasons for it."""
    before: Column | None = None
    for column, head in zip(columns, heads, strict=True):
        is_reason = before is not None and before.kind == "grade" and _QUESTION.search(squeeze(head))
        if is_reason and column.kind in ("aside", "grade"):
            column = Column(column.col, "passage", column.key, "finding")
        yield column
        before = column
