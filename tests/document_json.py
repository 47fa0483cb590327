"""Document ↔ JSON: the first stage of the goldens, made to be read and compared line by line.

One page, problem, line or cell a line, keys in the order of their declaration, characters as they are. Two things are
left out for shortness and come back on reading: a fragment's text where it is its item's text, and what has its default
value. Boxes are kept to 0.01 pt: less than any printer sets, more than readers agree on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from schemas.declare import Text
from schemas.document import Box, Cell, CellStyle, Document, Fragment, Line, Page, Problem, Table

FORMAT = "hyoka.document/1"

_DECIMALS = 2


def document_to_json(document: Document) -> str:
    """Write a document; the same document always gives the same text.

    >>> line = Line("計画", (Fragment(1, "計画", Box(72, 72, 96.004, 84)),))
    >>> print(document_to_json(Document("0" * 64, "計画.pdf", "application/pdf", 9, (Page(1),), (line,))))
    {
    "format": "hyoka.document/1",
    "sha256": "0000000000000000000000000000000000000000000000000000000000000000",
    "source_name": "計画.pdf",
    "media_type": "application/pdf",
    "size_bytes": 9,
    "reader": null,
    "encoding": null,
    "problems": [],
    "pages": [
      {"number": 1}
    ],
    "items": [
      {"line": "計画", "fragments": [[1, [72.0, 72.0, 96.0, 84.0]]]}
    ]
    }
    <BLANKLINE>
    """
    head = {
        "format": FORMAT,
        "sha256": document.sha256,
        "source_name": document.source_name,
        "media_type": document.media_type,
        "size_bytes": document.size_bytes,
        "reader": document.reader,
        "encoding": document.encoding,
    }
    parts = [
        *(f"{_dump(key)}: {_dump(value)}" for key, value in head.items()),
        f'"problems": {_listed(_dump(_problem(problem)) for problem in document.problems)}',
        f'"pages": {_listed(_dump(_page(page)) for page in document.pages)}',
        f'"items": {_listed(_item(item) for item in document.items)}',
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def json_to_document(text: str) -> Document:
    """Read a document as `document_to_json` writes it.

    Raises ValueError where the text is no JSON, is of another format, or lacks a part.
    """
    data = json.loads(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        met = data.get("format") if isinstance(data, dict) else type(data).__name__
        raise ValueError(f"expected a document in the format {FORMAT}, met {met}: write it again with this version")
    try:
        return Document(
            sha256=data["sha256"],
            source_name=data["source_name"],
            media_type=data["media_type"],
            size_bytes=data["size_bytes"],
            pages=tuple(Page(**page) for page in data["pages"]),
            items=tuple(_to_item(item) for item in data["items"]),
            problems=tuple(
                Problem(**{**problem, "message": Text(**problem["message"])}) for problem in data["problems"]
            ),
            reader=data["reader"],
            encoding=data["encoding"],
        )
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(f"expected a whole document in the format {FORMAT}, met {error!r}") from error


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _listed(values: Iterable[str], indent: str = "  ") -> str:
    lines = ",\n".join(f"{indent}{value}" for value in values)
    return f"[\n{lines}\n{indent[2:]}]" if lines else "[]"


def _page(page: Page) -> dict[str, object]:
    fields: dict[str, object] = {"number": page.number}
    if page.width is not None:
        fields["width"] = _rounded(page.width)
    if page.height is not None:
        fields["height"] = _rounded(page.height)
    if page.rotation:
        fields["rotation"] = page.rotation
    if page.characters is not None:
        fields["characters"] = page.characters
    return fields


def _problem(problem: Problem) -> dict[str, object]:
    said = {"en": problem.message.en, "ja": problem.message.ja}
    fields: dict[str, object] = {"rule": problem.rule, "severity": problem.severity, "message": said}
    optional = {"page": problem.page, "expected": problem.expected, "observed": problem.observed}
    return fields | {name: value for name, value in optional.items() if value is not None}


def _item(item: Line | Table) -> str:
    if isinstance(item, Line):
        fields: dict[str, object] = {"line": item.text}
        if item.role != "body":
            fields["role"] = item.role
        if item.level:
            fields["level"] = item.level
        return _dump(fields | {"fragments": _fragments(item.fragments, item.text)})
    cells = _listed((_cell(cell) for cell in item.cells), "    ")
    repeated = f', "repeated": {_listed((_cell(cell) for cell in item.repeated), "    ")}' if item.repeated else ""
    return f'{{"table": [{item.n_rows}, {item.n_cols}], "cells": {cells}{repeated}}}'


def _cell(cell: Cell) -> str:
    at = [cell.row, cell.col, cell.row_span, cell.col_span]
    fields = {"at": at, "text": cell.text, "fragments": _fragments(cell.fragments, cell.text)}
    return _dump(fields | ({"style": _told(asdict(cell.style))} if cell.style else {}))


def _fragments(fragments: Iterable[Fragment], text: str) -> list[list[object]]:
    return [
        [
            fragment.page,
            _box(fragment.box),
            *([] if fragment.text == text else [fragment.text]),
            *([told] if (told := _told({"place": fragment.place, "confidence": fragment.confidence})) else []),
        ]
        for fragment in fragments
    ]


def _told(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value is not None}


def _box(box: Box | None) -> list[float] | None:
    return None if box is None else [_rounded(side) for side in (box.x0, box.top, box.x1, box.bottom)]


def _rounded(points: float) -> float:
    return round(float(points), _DECIMALS) + 0.0  # + 0.0 makes -0.0 the 0.0 that it is


def _to_problem(data: dict[str, Any]) -> Problem:
    return Problem(**{**data, "message": Text(**data["message"])})


def _to_item(data: dict[str, Any]) -> Line | Table:
    if "line" in data:
        fragments = tuple(_to_fragments(data["fragments"], data["line"]))
        return Line(data["line"], fragments, data.get("role", "body"), data.get("level", 0))
    n_rows, n_cols = data["table"]
    return Table(n_rows, n_cols, tuple(_to_cells(data["cells"])), tuple(_to_cells(data.get("repeated", []))))


def _to_cells(data: list[dict[str, Any]]) -> Iterator[Cell]:
    for cell in data:
        row, col, row_span, col_span = cell["at"]
        fragments = tuple(_to_fragments(cell["fragments"], cell["text"]))
        style = CellStyle(**cell["style"]) if "style" in cell else None
        yield Cell(row, col, row_span, col_span, cell["text"], fragments, style)


def _to_fragments(data: list[list[Any]], text: str) -> Iterator[Fragment]:
    for page, box, *own in data:
        told = own.pop() if own and isinstance(own[-1], dict) else {}
        yield Fragment(page, own[0] if own else text, None if box is None else Box(*box), **told)
