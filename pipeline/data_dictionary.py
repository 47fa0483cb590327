"""`docs/data-dictionary.md`, the page that says what every table and column is, from the declarations.

``python -m pipeline.data_dictionary > docs/data-dictionary.md`` writes it anew; a test fails while it is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from pipeline.columns import DECLARED
from schemas.declare import Column, TableDeclaration, Text
from schemas.records import SCHEMA_VERSION
from schemas.wording import categories, description

_HEAD = f"""\
# データ辞書 / Data dictionary

スキーマ版 {SCHEMA_VERSION}。`hyoka convert` が書き出すすべての表と列。
型の後の `?` は空（null）がありうること、🔑 は主キー、→ は参照先を表す。`*_text` と `*_raw` は印字のまま。

Schema version {SCHEMA_VERSION}: every table and column that `hyoka convert` writes.
`?` after a type: a value may be missing (null). 🔑: part of the key. →: where the values are found.
`*_text` and `*_raw` are as printed.

この頁は宣言から作られる。This page is made from the declarations: `python -m pipeline.data_dictionary`.
"""


def data_dictionary() -> str:
    """The page as Markdown."""
    tables = [line for declaration in DECLARED for line in _table(declaration)]
    return "\n".join((_HEAD, *_contents(), "", *tables)).rstrip() + "\n"


def _contents() -> Iterator[str]:
    yield from _row("表 / Table", "名称", "Title", "内容", "What it holds")
    yield from _row(*["---"] * 5)
    for declaration in DECLARED:
        about = _about(declaration.description)
        name = f"[{declaration.name}](#{declaration.name})"
        yield from _row(name, declaration.title.ja, declaration.title.en, about.ja, about.en)


def _table(declaration: TableDeclaration) -> Iterator[str]:
    about = _about(declaration.description)
    yield f"## {declaration.name}"
    yield ""
    yield f"**{declaration.title.ja}**：{about.ja}"
    yield ""
    yield f"**{declaration.title.en}**: {about.en}"
    yield ""
    yield from _row("列 / Column", "型 / Type", "名称", "Title", "説明", "Description")
    yield from _row(*["---"] * 6)
    for column in declaration.columns:
        yield from _row(*_column(declaration, column))
    yield ""
    yield from _values(declaration)


def _column(declaration: TableDeclaration, column: Column) -> Iterator[str]:
    about = _about(column.description)
    key = " 🔑" if column.name in declaration.key else ""
    target = f" → {column.references}" if column.references else ""
    unit = f" ({column.unit})" if column.unit else ""
    yield f"`{column.name}`{key}"
    yield f"{column.type}{'?' if column.nullable else ''}"
    yield column.title.ja
    yield column.title.en
    yield f"{about.ja}{unit}{target}"
    yield about.en


def _values(declaration: TableDeclaration) -> Iterator[str]:
    for column in declaration.columns:
        if closed := categories(declaration.name, column.name):
            said = " · ".join(f"`{value.value}` {value.label.ja} / {value.label.en}" for value in closed)
            yield f"`{column.name}`: {said}"
            yield ""


def _row(*cells: str) -> Iterator[str]:
    yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _about(english: str) -> Text:
    return description(english) or Text("", "")


if __name__ == "__main__":
    getattr(sys.stdout, "reconfigure", lambda **_: None)(encoding="utf-8", newline="\n")
    sys.stdout.write(data_dictionary())
