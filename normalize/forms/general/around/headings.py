"""Headings that no label names, over tables of one kind: what stands in the same place over each is a name.

A plan prints its indicators in one table under each of its measures. The lines over them (１－１　防災の推進) are read
as names because there are several, set alike, over tables with the same head; one line over one table may be anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from normalize.cells.kinds import kind_of
from normalize.cells.vocabulary import term_of, unit_note
from normalize.cells.years import YearSense
from normalize.document.text_span import Excerpt, Place
from normalize.forms.general.cells.names import labelled_name, node_name
from normalize.forms.general.facts import Node
from normalize.text.folding import narrow, squeeze
from normalize.text.note_marks import BEGINS, RECKONING
from schemas.codes.signs import closing, leading, opening
from schemas.codes.vocabulary import level_pattern
from schemas.document import Document, Line, Table

_LEVEL: Final = level_pattern("measure", "program", "action")
NAMES_GROUP: Final = re.compile(
    r"(?!.*(?:評価|一覧|状況|指標|実績|概要|事業費|資料|別紙|単位|合計|シート|について|進捗|事務事業$)"
    rf"|(?:構成|関連|関係|対応|該当)(?:する)?(?:{_LEVEL}|指標)$)[^。:：]{{2,40}}"
)
"""What a title over rows may say to be the name of their group. One that ends in 事務事業 says what the rows are."""

ORG: Final = re.compile(r"[^\s、。:：()]{1,12}(?:課|室|局|部|事務局|センター|委員会)")
"""A line that is nothing but the name of a body in charge."""

_NO_NAME: Final = re.compile(
    r"数値目標|目標値|推移|課題|背景|内容|参考|凡例|経費|コスト|財源|予算|決算|年度|[(（]続き?[)）]"
)
_NOTE: Final = re.compile(rf"{BEGINS}|[{RECKONING}]|[(（]?単位")
_ENUMERATED: Final = re.compile(
    rf"[\s{opening()}]*第?[0-9]{{1,3}}[章節款項目編]?(?:[-.・ー－―‐][0-9]{{1,3}})*[{closing()}.、]*"
    rf"|[①-⑳]|[Ⅰ-Ⅻ]+|[(（]?[ア-ンA-Z][)）.．](?=\s*\S)|[{leading('heading')}{opening('lenticular', 'angle')}]"
)
_NUMBERS: Final = {"[0-9]+": "0", "[①-⑳]": "①", "[Ⅰ-Ⅻ]+": "Ⅰ", "[A-Z]": "A", "[ア-ン]": "ア"}
"""What a heading counts on by, and the first of each kind."""

_ACCOUNT: Final = re.compile(
    r"[\s【(（]*(?:[0-9]{1,2}\s*[款項目]|[款項目][\s:]*[0-9]{1,2})[\s:]*[^\s【】()（）:]{1,20}[】)）]*[\s、,]*"
)
"""An item of a budget, with its number: 【３款　民生費】."""

_PROJECT: Final = re.compile("(?:事業|業務|事務|補助金|助成金|交付金|負担金)$")
"""How the names of projects end: 子ども医療費助成事業."""

_CHAPTER: Final = re.compile(r"\s*(?P<number>[0-9]{1,2})\s*[.、]\s*(?P<name>[^\s0-9。:：][^。:：]{1,30})")
"""A chapter of a report, by its number: 1. 工業（製造業・建設業）."""

_GOAL: Final = re.compile(
    r"\s*(?P<label>目標|柱|重点目標)\s*(?P<code>[0-9０-９]{1,2}|[①-⑳Ⅰ-Ⅹ])[\s.．、:：]*(?P<name>[^\s\d０-９。:：][^\d０-９。:：]{5,39})"
)
"""A goal of a plan behind its number, in words alone: 目標 1 魅力を高める産業の振興; no number to be reached."""

_LEVELS_OF_SECTIONS: Final = {
    "款": "policy", "章": "policy", "編": "goal", "節": "measure-group", "項": "measure-group", "目": "measure",
}  # fmt: skip

_LONGEST_ALIKE: Final = 40
"""Characters of a heading that is a name because those set alike are."""

_UNIT_BEHIND: Final = re.compile(r"\s*[(（]\s*単位\s*[:：][^()（）]{1,8}[)）]\s*$")
"""The unit of a table behind the heading over it: （1）延長保育（単位：人）."""

_SHORTEST_WITH_UNIT: Final = 16
"""Characters of a line that tells more than the unit in it."""

_LEAST: Final = 2
"""So many tables of one kind under headings set alike make their headings names."""


_CLOSED_LABEL: Final = re.compile(
    r"\s*[【〔《](?P<label>[^\d０-９【】〔〕《》]{1,10})(?P<code>[0-9０-９-]{0,5})[】〕》]\s*(?P<name>[^\s。【】][^。【】]{1,38})"
)


_BODY_BEHIND: Final = re.compile(
    r"\s*[【〔《(（\[]\s*(?P<label>[^\s:：【】()（）]{1,8})\s*[:：]\s*(?P<body>[^:：。【】()（）]{1,20}?)\s*[】〕》)）\]]\s*$"
)
"""Who is in charge, in brackets behind a heading: （1）窓口の改善　【担当：市民課】."""


_BODY_ALONE: Final = re.compile(
    r"\s*(?P<name>\S.*?)\s*[【〔《(（\[]\s*(?P<body>[^()（）【】]{2,16}?)\s*[】〕》)）\]]\s*"
)
"""The same without a label: 花壇整備事業（公園課）."""


@dataclass(frozen=True, slots=True)
class Over:
    """The headings over a table: `inner` is the nearest, `outer` the one above it if it is set otherwise; `kind` is the
    table's first row as text. `of_projects`: headings set alike end as the names of projects do (…事業);
    then `body` is who is in charge, where the nearest ends in that: 花壇整備事業（公園課）."""

    inner: Excerpt
    outer: Excerpt | None
    kind: str
    of_projects: bool = False
    body: Excerpt | None = None


class _Headed(NamedTuple):
    """A table under headings: its first row as text, the headings, the nearest first, and how that one is set."""

    kind: str
    lines: list[Excerpt]
    style: str


def headings_over(document: Document, titles: tuple[Excerpt, ...], sense: YearSense) -> dict[int, Over]:
    """The headings that name what the tables under them are about, by the position of the table.

    A heading names its table where those of other tables of one kind are set alike and say something else.
    """
    headed = dict(_headed_tables(document, titles))
    named = {index: table for index, table in headed.items() if _may_name(table.lines[0], sense)}
    texts: dict[tuple[str, str], set[str]] = {}
    for table in named.values():
        texts.setdefault((table.kind, table.style), set()).add(squeeze(table.lines[0].text))
    alike = {kind_and_style for kind_and_style, said in texts.items() if len(said) >= _LEAST}
    named |= {
        index: table
        for index, table in headed.items()
        if table.style and (table.kind, table.style) in alike and index not in named and _is_alike(table.lines[0])
    }
    of_projects = {
        table.style
        for table in named.values()
        if table.style and (table.kind, table.style) in alike and _PROJECT.search(squeeze(table.lines[0].text))
    }
    return {
        index: _over(document, table, sense, of_projects=table.style in of_projects)
        for index, table in sorted(named.items())
        if (table.kind, table.style) in alike or table.style in of_projects
    }


def _headed_tables(document: Document, titles: tuple[Excerpt, ...]) -> Iterator[tuple[int, _Headed]]:
    """The tables under headings, each with its position: a title of the document is none, unless it is set apart."""
    own = {squeeze(title.text) for title in titles if not _style(document, title)}
    for index, item in enumerate(document.items):
        if not isinstance(item, Table) or item.n_rows <= 1:
            continue
        inside = _title_of(index, item)
        lines = [line for line in _lines_over(document, index) if squeeze(line.text) not in own]
        lines = lines if inside is None else [inside, *lines]
        if lines:
            yield index, _Headed(_head_of(item, 0 if inside is None else 1), lines, _style(document, lines[0]))


def _over(document: Document, table: _Headed, sense: YearSense, *, of_projects: bool) -> Over:
    """The heading that names a table, the one above it where that is set otherwise, and who is in charge."""
    above = table.lines[1] if len(table.lines) > 1 else None
    is_outer = above is not None and _style(document, above) not in {"", table.style} and _may_name(above, sense)
    parts = _body_alone(table.lines[0]) if of_projects else None
    body = parts[1] if parts is not None else None
    return Over(table.lines[0], above if is_outer else None, table.kind, of_projects, body)


def chapters(document: Document) -> dict[int, Node]:
    """The numbered headings over groups of cards, by their position: 1. 工業 and 2. 商業, each over tables of one kind.

    They count on from 1, stand over no other heading of their kind, and each has cards under it: tables of one and the
    same first row, one for each measure.
    """
    found: list[tuple[int, Node]] = []
    cards: dict[int, Counter[str]] = {}
    for index, item in enumerate(document.items):
        if isinstance(item, Table):
            if found:
                cards[found[-1][0]][_head_of(item)] += 1
            continue
        match = _CHAPTER.fullmatch(narrow(item.text)) if item.role == "body" else None
        if match is not None and int(match["number"]) == len(found) + 1:
            text = Excerpt.of(item.text, Place(index))
            name, code = text.slice(*match.span("name")).strip(), text.slice(*match.span("number"))
            found.append((index, Node("policy", name, code)))
            cards[index] = Counter()
    holds = [index for index, kinds in cards.items() if max(kinds.values(), default=0) >= _LEAST]
    return dict(found) if len(holds) >= _LEAST and len(holds) == len(found) else {}


def closed_label(line: Excerpt) -> Node | None:
    """The name behind its label and code in brackets: 【施策の柱1】子育ての推進."""
    match = _CLOSED_LABEL.fullmatch(line.text)
    term = term_of(match["label"]) if match else None
    level = term.field if term is not None and term.is_whole and term.kind == "name" else None
    level = level or (account_level(match["label"]) if match else None)
    if match is None or level is None:
        return None
    name, code = line.slice(*match.span("name")).strip(), line.slice(*match.span("code"))
    return Node(level, name, code or None, line.slice(*match.span("label")))


def without_body(line: Excerpt) -> tuple[Excerpt, Excerpt, Excerpt] | None:
    """A line without the bracket at its end that tells who is in charge, the label in it and the body behind that."""
    found = _BODY_BEHIND.search(line.text)
    term = term_of(found["label"]) if found else None
    if found is None or term is None or not term.is_whole or term.kind != "org":
        return None
    return line.slice(0, found.start()).strip(), line.slice(*found.span("label")), line.slice(*found.span("body"))


def _body_alone(line: Excerpt) -> tuple[Excerpt, Excerpt] | None:
    """A line without the body in brackets at its end, and that body: 花壇整備事業（公園課）."""
    whole = Excerpt.of(line.whole, line.place)
    found = _BODY_ALONE.fullmatch(whole.text)
    if found is None or ORG.fullmatch(squeeze(found["body"])) is None:
        return None
    return whole.slice(*found.span("name")).strip(), whole.slice(*found.span("body")).strip()


def goal_in(line: Excerpt) -> Node | None:
    """The goal that a line is, with its number."""
    match = _GOAL.fullmatch(line.text.strip())
    if match is None or re.search("以上|以下|未満|達成|評価", match["name"]):
        return None
    label, code, name = (line.slice(*match.span(part)) for part in ("label", "code", "name"))
    return Node("goal", name, code, label)


def account_level(label: str) -> str | None:
    """The level that a section of a plan or of an account stands for."""
    return _LEVELS_OF_SECTIONS.get(squeeze(label))


def name_in(text: Excerpt, field: str) -> Node | None:
    """The name that a heading is, without its number and brackets."""
    if (labelled := closed_label(text)) is not None:
        return replace(labelled, title=True)
    bare = re.match(rf"[\s{leading('heading')}]*", text.text)
    text = text.slice(bare.end() if bare else 0)
    if closed := re.fullmatch(r"[【〈《＜](?P<name>[^【】〈〉《》＜＞]+)[】〉》＞]\s*", text.text):
        text = text.slice(*closed.span("name"))
    code, name = node_name(text)
    return Node(field, name, code, title=True) if name is not None else None


def _lines_over(document: Document, index: int) -> Iterator[Excerpt]:
    """The lines between a table and the one before it, the nearest first, without notes and units."""
    for at in range(index - 1, -1, -1):
        item = document.items[at]
        if isinstance(item, Table):
            return
        text = Excerpt.of(item.text, Place(at)).strip()
        if (parts := without_body(text) or _body_alone(text)) is not None:
            text = parts[0]
        if isinstance(item, Line) and item.role == "body" and text and not _NOTE.match(text.text):
            if (unit := _UNIT_BEHIND.search(text.text)) is not None and unit.start():
                text = text.slice(0, unit.start()).strip()
            elif unit_note(text.text) is not None and len(squeeze(text.text)) < _SHORTEST_WITH_UNIT:
                continue
            if _names_body(text) or _names_account(text):
                continue
            yield text


def _is_alike(line: Excerpt) -> bool:
    """Whether a line that is set as the names over other tables is one too, whatever its words say."""
    return len(squeeze(line.text)) <= _LONGEST_ALIKE and "。" not in line.text and labelled_name(line) is None


def _names_body(line: Excerpt) -> bool:
    """Whether a line tells who is in charge of what stands above it: 担当課：道路課."""
    labelled = labelled_name(line)
    label, colon, _ = squeeze(line.text).partition(":")
    term = term_of(label) if colon else None
    return labelled is None and term is not None and term.is_whole and term.kind == "org"


def _names_account(line: Excerpt) -> bool:
    """Whether a line tells what pays for what stands above it (款, 項 and 目 of the budget), and who is in charge."""
    squeezed = narrow(line.text)
    rest = _ACCOUNT.sub("", squeezed)
    if rest == squeezed:
        return False
    label, colon, body = rest.partition(":")
    term = term_of(label) if colon else None
    return not squeeze(rest) or (term is not None and term.kind == "org" and ORG.fullmatch(squeeze(body)) is not None)


def _may_name(line: Excerpt, sense: YearSense) -> bool:
    """Whether a line can be a name that stands alone: words without a label, and no label itself."""
    bare = squeeze(line.text)
    first = re.split(r"\s", line.text, maxsplit=1)[0]
    lead = term_of(first) if re.search(r"[^\W\d_]", first) else None
    if (lead is not None and lead.is_whole) or ORG.fullmatch(bare) is not None:
        return False  # a legend behind its label (方向性　拡大・維持・縮小), or the body in charge
    if (
        labelled_name(line) is not None
        or goal_in(line) is not None
        or NAMES_GROUP.fullmatch(bare) is None
        or _NO_NAME.search(bare)
    ):
        return False
    rest = _ENUMERATED.sub("", narrow(line.text), count=1)
    term = term_of(rest)
    return term is None and kind_of(rest.strip(), sense) in {"words", "label", "prose"}


def _style(document: Document, line: Excerpt) -> str:
    """How a line begins: its number as the first of its kind, or its mark; one that begins with words has the level of
    its heading, or nothing."""
    lead = _ENUMERATED.match(narrow(line.text))
    style = lead[0] if lead else ""
    for kind, first in _NUMBERS.items():
        style = re.sub(kind, first, style)
    item = document.items[line.place.item]
    level = item.level if isinstance(item, Line) else None
    return squeeze(style) or ("#" * level if level else "")


def _title_of(index: int, table: Table) -> Excerpt | None:
    """The title in the first row of a table, as wide as all of it, over two rows or more."""
    first = [(at, cell) for at, cell in enumerate(table.cells) if cell.row == 0]
    if len(first) != 1 or table.n_cols < _LEAST or table.n_rows <= _LEAST:
        return None
    ((at, cell),) = first
    is_title = cell.row_span == 1 and cell.col_span == table.n_cols and bool(cell.text.strip())
    return Excerpt.of(cell.text, Place(index, at)).strip() if is_title else None


def _head_of(table: Table, row: int = 0) -> str:
    """What tells the kind of a table: its first row, or the labels of a form, each before its value."""
    if not row and (labels := _labels_of(table)):
        return "|".join(labels)
    return "|".join(squeeze(cell.text) for cell in table.cells if cell.row == row)


def _labels_of(table: Table) -> list[str]:
    """The labels of a form of two columns, from top to bottom; none of another table."""
    texts = [["", ""] for _ in range(table.n_rows)]
    if table.n_cols != len(texts[0]) or any(cell.row_span * cell.col_span > 1 for cell in table.cells):
        return []
    for cell in table.cells:
        texts[cell.row][cell.col] = squeeze(cell.text)
    labels = [term_of(label) for label, _ in texts]
    values = [term_of(value) for _, value in texts]
    are_labels = all(term is not None and term.is_whole and term.kind != "name" for term in labels)
    are_values = not any(term is not None and term.is_whole and term.kind == "name" for term in values)
    return [label for label, _ in texts] if are_labels and are_values else []
