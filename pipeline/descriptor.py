"""`datapackage.json`: the snapshot as a Frictionless Data Package, version 2, from the declarations.

Titles and descriptions say both languages in one text, for tools that show one; `titles` and `descriptions` hold them
apart by language code, as CSV on the Web names them. What Table Schema cannot say of Parquet is said so that readers
which go through pandas get it right: an empty text is a text (``missingValues: []``), and only in a column of numbers
``nan`` is a missing value.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from textwrap import indent

from pipeline import __version__
from pipeline.snapshot import TableFiles
from schemas.declare import Column, ColumnType, Text
from schemas.records import SCHEMA_VERSION
from schemas.wording import categories, description

Json = Mapping[str, "Json | Sequence[Json] | str | int | bool | Sequence[str] | Sequence[Sequence[str]]"]

_PROFILE = "https://datapackage.org/profiles/2.0/"
_TYPES: Mapping[ColumnType, str] = {
    "string": "string",
    "int32": "integer",
    "int64": "integer",
    "float64": "number",
    "bool": "boolean",
    "date32": "date",
}
_ANY_DIGEST = "0" * 64
_NUMBERS = ("int32", "int64", "float64")
_TITLE = Text("自治体評価シートのデータ", "Municipal evaluation sheets as data")
_ABOUT = Text(
    "日本の自治体の計画・評価シートを、共通の形の表に変換したもの。最初に開く表は results。",
    "Plans and evaluation sheets of Japanese municipalities, converted into tables of one form. Open results first.",
)


def data_package(out: Path, tables: Sequence[TableFiles]) -> str:
    """The descriptor of the snapshot in folder `out`, whose files are written already, as JSON text.

    A table in one file has its keys. A table in Hive layout is a resource per file: what stands in a file's path is no
    field of it, so its keys and the references to it are left out. The digests and sizes of the files stand in
    ``sha256`` and ``size_bytes``, names of our own: frictionless would check the standard ``hash`` and ``bytes``,
    which it does not count for Parquet files.
    """
    whole = frozenset(files.declaration.name for files in tables if not files.keys)
    package: Json = {
        "$schema": f"{_PROFILE}datapackage.json",
        "name": "hyoka",
        **_said(_TITLE, _ABOUT),
        "languages": ["ja", "en"],
        "version": SCHEMA_VERSION,
        "keywords": ["評価", "自治体", "evaluation", "municipality"],
        "generator": f"hyoka {__version__}",
    }
    resources = ",\n".join(_resource_to_json(out, files, path, whole) for files in tables for path in files.paths)
    head = _to_json(package).removesuffix("\n}")
    return f'{head},\n "resources": [\n{resources}\n ]\n}}\n'


def _to_json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _resource_to_json(out: Path, files: TableFiles, path: str, whole: frozenset[str]) -> str:
    with (out / path).open("rb") as file:  # piece by piece: a table may be larger than the memory
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        said = f'"{digest}",\n   "size_bytes": {file.tell()}'
    return _resource(files, path, whole).replace(f'"{_ANY_DIGEST}"', said)


@lru_cache(maxsize=256)
def _resource(files: TableFiles, path: str, whole: frozenset[str]) -> str:
    """A resource as JSON, with `_ANY_DIGEST`: the rest is what the declarations say, the same in every snapshot."""
    name = files.declaration.name if not files.keys else path.removesuffix("/part-0.parquet").replace("/", ".").lower()
    resource: Json = {
        "$schema": f"{_PROFILE}dataresource.json",
        "name": name.replace("=", "-"),
        "type": "table",
        "path": path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "sha256": _ANY_DIGEST,
        **_said(files.declaration.title, description(files.declaration.description)),
        "schema": _schema(files, whole),
    }
    return indent(_to_json(resource), "  ")


def _schema(files: TableFiles, whole: frozenset[str]) -> Json:
    declaration = files.declaration
    columns = [column for column in declaration.columns if column.name not in files.keys]
    schema: dict[str, Json | Sequence[Json] | str | Sequence[str] | Sequence[Sequence[str]]] = {
        "$schema": f"{_PROFILE}tableschema.json",
        "fields": [_field(column, declaration.name) for column in columns],
        "missingValues": [],
    }
    if files.keys:
        return schema
    nullable = any(column.nullable for column in columns if column.name in declaration.key)
    if nullable:  # A primary key is never missing; as unique keys are in SQL, such a key is one all the same.
        schema["uniqueKeys"] = [list(declaration.key)]
    else:
        schema["primaryKey"] = list(declaration.key)
    if foreign := [_foreign_key(column) for column in declaration.references if _target(column)[0] in whole]:
        schema["foreignKeys"] = foreign
    return schema


def _field(column: Column, table_name: str) -> Json:
    closed = categories(table_name, column.name)
    constraints: dict[str, bool | Sequence[str]] = {}
    if not column.nullable:
        constraints["required"] = True
    if closed:
        constraints["enum"] = list(column.categories)
    return {
        "name": column.name,
        "type": _TYPES[column.type],
        **_said(column.title, description(column.description)),
        **({"unit": column.unit} if column.unit else {}),
        **({"missingValues": ["nan"]} if column.nullable and column.type in _NUMBERS else {}),
        **(
            {
                "categories": [
                    {"value": category.value, "label": f"{category.label.ja} / {category.label.en}"}
                    for category in closed
                ]
            }
            if closed
            else {}
        ),
        **({"constraints": constraints} if constraints else {}),
    }


def _foreign_key(column: Column) -> Json:
    table, field = _target(column)
    return {"fields": [column.name], "reference": {"resource": table, "fields": [field]}}


def _target(column: Column) -> tuple[str, str]:
    table, _, field = (column.references or "").partition(".")
    return table, field


def _said(title: Text, about: Text | None) -> Json:
    said: dict[str, str | Mapping[str, str]] = {
        "title": _both(title),
        "titles": {"ja": title.ja, "en": title.en},
    }
    if about:
        said["description"] = _both(about)
        said["descriptions"] = {"ja": about.ja, "en": about.en}
    return said


def _both(text: Text) -> str:
    return text.ja if text.ja == text.en else f"{text.ja} / {text.en}"
