"""Labels by the field's vocabulary: a printed label → the term that it is, with the year and the unit it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from normalize.text.folding import narrow, squeeze
from normalize.text.form_key import form_key
from normalize.text.quantities import MONEY, counted_in, is_noted_unit
from normalize.text.text_cache import forget
from schemas.codes.signs import leading
from schemas.codes.vocabulary import Kind, Word, level_pattern, vocabulary

_LONGEST_LABEL: Final = 40
"""Longer texts are no labels; the longest in sheets say as much as これまでの再構築・民営化等の取組み及び成果."""

_LONGEST_PRINT: Final = 2_000
"""The same with blanks and remarks. A line is asked about at each of its blanks, and may have a million characters."""

_MOST_LABELS: Final = 20_000
"""Labels whose terms are remembered: those of some hundred documents, about 4 MiB."""

_YEAR: Final = r"(?:(?:令和|平成|昭和|[RHS])?(?:元|\d{1,2})年度|[RH]\d{1,2}|(?:19|20)\d\d(?:年度)?)"
_YEARS: Final = re.compile(rf"{_YEAR}(?:[・~,及び]*{_YEAR})*(?:以降|以後|末)?(?:における|に向けた|時点の|の)?")
_ENUMERATOR: Final = re.compile(
    r"(?:[(\[【<《≪〈「]*(?:第?\d{1,2}|[IVX]{1,4}|[ア-オa-h])(?:[)\]】>》≫〉.、:．]|-\d{1,2}[)\].]?))"
    r"|\d{1,2}(?![\d0-9次年月期日人件円回カヶか箇以級位種款類つ%,.])|["
    + leading("heading", "note", "dot", never=("sign",))
    + "]+"
)
_CLOSED: Final = re.compile(
    r"[\[【<《≪〈「](?P<inner>[^\[\]【】<>《》≪≫〈〉「」]+)[\]】>》≫〉」]|\((?P<round>[^()]+)\)"
)
_DITTO: Final = re.compile(r"[〃々仝]\((?P<inner>[^()]+)\)")
"""A label that repeats the one above it and says its own in brackets: 〃(中項目)."""

_OF_LEVEL: Final = re.compile(f"^(?:{level_pattern()})の(?=..)")
"""Of what a label asks: 事務事業の意図."""

_PLACE: Final = re.compile(r"(?<=名)[・/](?:箇所|路線|地区|河川|施設|場所|工区)名?$")
"""What a label of names adds to say that the place is told as well: 事業名・箇所名."""

_ASKING: Final = ("誰", "何", "どの", "どう", "か", "姿")
_BRACKETS: Final = re.compile(r"[()]")

_OF_WHICH: Final = "うち"
"""Before the label of a part: うち一般財源."""

_NAME_OF: Final = re.compile(r"(?P<of>.{2,}?)の?名称")

_REMARKS: Final = re.compile(r"(?:(?:(?<=\))[+÷/×-])?(?:\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|※.*))+$")
"""What stands behind a label: a remark in brackets, or the sum that a number is, (A)+(B)."""

_TOLD: Final = re.compile(r"(?P<label>[^()。]{2,20})\((?P<how>.*)\)")
_TELLING: Final = (*_ASKING, "記入", "記載", "記述", "明記", "具体的", "など。")
"""Words of a remark that tells how a box is to be filled in: it may be longer than any label, and a sentence."""

_LETTER: Final = re.compile(r"(?<=[^A-Za-z0-9])(?:[A-Za-z](?:[÷/+-][A-Za-z])*|[①-⑳])$")
_LEADERS: Final = re.compile(r"[・…‥.]{2,}(?=[(A-Za-z0-9]|$)")
"""Dots that lead from a label to its letter or value: 事業費 ・・・ ①."""

_UNIT_NOTE: Final = re.compile(
    rf"""(?:単位(?:[:は、]|(?=[(\[]))|^(?:金額|表示):) [(\[]? (?P<after>[^()\[\]、。]{{1,8}})
      | [(\[] (?P<closed>[^()\[\]]{{1,6}}) [)\]]
      | (?P<before>{MONEY})単位""",
    re.VERBOSE,
)
_UNIT_REMARK: Final = re.compile(
    r"""(?: [、,] | (?<![\s、,]) ) \s*+ [(\[]? \s*+ 単位 \s*+ (?:[:は]|(?=[(\[])) \s* [(\[]? [^)\]、]{1,8} [)\]]*
      | [(\[] \s*+ ([^()\[\]\s][^()\[\]]{0,5}) \s*+ [)\]]""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """What a printed label means. `is_whole` says that the vocabulary holds all of it, not only its head noun."""

    kind: Kind
    field: str
    is_whole: bool


_OWN: Final[ContextVar[Mapping[str, Term | None]]] = ContextVar("own terms of a form", default={})  # noqa: B039


@contextmanager
def own_terms(terms: Mapping[str, Term | None]) -> Iterator[None]:
    """Let a form's own terms go before the vocabulary: what each of its texts means, by `form_key`; None for a value.

    >>> with own_terms({"育成": Term("passage", "aim", is_whole=True), "総合": None}):
    ...     term_of("育 成"), term_of("総合")
    (Term(kind='passage', field='aim', is_whole=True), None)
    """
    forget()
    token = _OWN.set(terms)
    try:
        yield
    finally:
        _OWN.reset(token)
        forget()


def term_of(text: str) -> Term | None:
    """The term that a printed label is; None for a text that the vocabulary does not know.

    White space, width, enumerators, enclosing brackets, remarks in brackets and years do not matter; a label may end in
    its head noun.

    >>> term_of("１　事業概要（令和６年度）"), term_of("令和６年度事業名")
    (Term(kind='passage', field='description', is_whole=True), Term(kind='name', field='program', is_whole=True))
    >>> term_of("〃（中項目）").field
    'measure-group'
    >>> term_of("R7年度以降の事業の方向性").kind, term_of("商工業経営者等育成")
    ('direction', None)
    >>> term_of("トータルコスト（Ａ）＋（Ｂ）").kind, term_of("事業の対象（誰を、何を対象としているか。）").kind
    ('cost', 'passage')
    >>> term_of("事業費　・・・　①").is_whole, term_of("（うち一般財源）").is_whole
    (True, True)
    """
    if len(text) > _LONGEST_PRINT:
        return None
    own = _OWN.get()
    if own and (key := form_key(text)) in own:
        return own[key]
    squeezed = _without_instruction(squeeze(text))
    if not squeezed or len(squeezed) > _LONGEST_LABEL or "。" in squeezed:
        return None
    return _term(squeezed)


def _without_instruction(squeezed: str) -> str:
    """A label without the sentence in brackets that tells how its box is to be filled in."""
    if len(squeezed) <= _LONGEST_LABEL and "。" not in squeezed:
        return squeezed
    told = _TOLD.fullmatch(squeezed)
    return told["label"] if told and any(word in told["how"] for word in _TELLING) else squeezed


@lru_cache(maxsize=_MOST_LABELS)
def _term(squeezed: str) -> Term | None:
    whole, ends = _words()
    shapes = tuple(dict.fromkeys(_shapes(squeezed)))
    for shape in shapes:
        if word := whole.get(shape):
            return Term(word.kind, word.field, is_whole=True)
    if (named := _named(shapes, whole) or _part_of_cost(shapes, whole)) is not None:
        return named
    for shape in reversed(shapes):
        for length in range(len(shape), 1, -1):
            if word := ends.get(shape[-length:]):
                return Term(word.kind, word.field, is_whole=False)
    return None


def _named(shapes: Sequence[str], whole: Mapping[str, Word]) -> Term | None:
    """The name that a label asks for as 名称 where the vocabulary has it as 名, or without: 補助金の名称."""
    for match in filter(None, map(_NAME_OF.fullmatch, shapes)):
        words = (whole.get(spelling) for spelling in (f"{match['of']}名", match["of"]))
        word = next((word for word in words if word is not None and word.kind == "name"), None)
        if word is not None:
            return Term(word.kind, word.field, is_whole=True)
    return None


def _part_of_cost(shapes: Sequence[str], whole: Mapping[str, Word]) -> Term | None:
    """The cost that a label tells a part of: うち一般財源."""
    words = (whole.get(shape.removeprefix(_OF_WHICH)) for shape in shapes if shape.startswith(_OF_WHICH))
    word = next((word for word in words if word is not None and word.kind == "cost"), None)
    return Term(word.kind, word.field, is_whole=True) if word else None


def _shapes(squeezed: str) -> Iterator[str]:
    """A label as printed, then with less and less of what does not matter to it."""
    yield squeezed
    squeezed = _LEADERS.sub("", squeezed)
    shape = _REMARKS.sub("", squeezed) or squeezed
    yield shape
    if counted := counted_in(squeezed):
        yield counted["of"]
    if inner := _asked(squeezed):
        yield inner
    if ditto := _DITTO.fullmatch(squeezed):
        yield ditto["inner"]
    for _ in range(2):
        if match := _CLOSED.fullmatch(shape):
            shape = match["inner"] or match["round"]
        if match := _ENUMERATOR.match(shape):
            shape = shape[match.end() :] or shape
        yield shape
    shape = _REMARKS.sub("", shape) or shape
    yield shape
    shape = _LETTER.sub("", shape)
    yield shape
    yield re.sub(r"^[(\[][^()\[\]]*[)\]]", "", shape)
    yield _PLACE.sub("", shape)
    yield _YEARS.sub("", shape)
    yield re.sub(r"(?:等|について|欄)$", "", _YEARS.sub("", shape))
    yield _OF_LEVEL.sub("", shape)


def _asked(label: str) -> str | None:
    """The word of the field behind a label that asks: どのような状態にしたいか（意図）."""
    *_, question, inner, behind = ("", "", *_BRACKETS.split(label))
    is_asked = label.endswith(f"{question}({inner})") and any(word in question for word in _ASKING)
    return inner if is_asked and not behind else None


def unit_note(text: str) -> str | None:
    """The unit that a label or a caption names: （単位：千円）, (千円), 千円単位, （人）. None where it names none.

    >>> [unit_note(text) for text in ("（４）事業費等(千円単位。四捨五入)", "相談件数（件）", "達成度（目標）")]
    ['千円', '件', None]
    >>> unit_note("（従事職員数：人）")
    '人'
    """
    plain = "".join(narrow(text).split())
    if counted := counted_in(plain):
        return counted["unit"]
    for match in _UNIT_NOTE.finditer(plain):
        spelling = match["after"] or match["closed"] or match["before"]
        is_named = spelling.startswith(("単位", "金額:", "表示:"))  # （単位：千回), （金額：千円）
        spelling = re.sub(r"^(?:単位[:は]?|(?:金額|表示):)", "", spelling)
        leads = match.start() == 0 and match.end() < len(plain)  # （項目）届出件数: the bracket is no unit
        if match["after"] or (is_named and spelling) or match["before"] or (is_noted_unit(spelling) and not leads):
            return spelling
    return None


def without_unit_note(text: str) -> str:
    """A label without the remark that names its unit.

    >>> without_unit_note("事業費（千円）"), without_unit_note("経費（一財）、単位（千円）")
    ('事業費', '経費（一財）')
    """
    plain = narrow(text)
    if counted := counted_in(plain):
        return text[slice(*counted.span("of"))].strip()
    spans = [
        match.span()
        for match in _UNIT_REMARK.finditer(plain)
        if match[1] is None or (is_noted_unit("".join(match[1].split())) and match.start())
    ]
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return text.strip()


@cache
def _words() -> tuple[Mapping[str, Word], Mapping[str, Word]]:
    whole: dict[str, Word] = {}
    ends: dict[str, Word] = {}
    for word in vocabulary():
        (whole if word.match == "whole" else ends).setdefault(squeeze(word.spelling), word)
    return whole, ends
