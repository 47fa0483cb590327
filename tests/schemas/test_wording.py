"""Everything that is declared is said in both languages, and nothing is translated that is no longer declared."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from schemas.declare import Column, TableDeclaration, Text
from schemas.description import DESCRIBING
from schemas.records import TABLES
from schemas.wording import categories, description

DECLARED = (*TABLES, *DESCRIBING)
COLUMNS = [(declaration, column) for declaration in DECLARED for column in declaration.columns]


@pytest.mark.parametrize("column", [c for _, c in COLUMNS], ids=[f"{d.name}.{c.name}" for d, c in COLUMNS])
def test_a_column_is_titled_and_described_in_both_languages(column: Column) -> None:
    said = description(column.description)
    assert said is not None
    assert all((column.title.ja, column.title.en, said.ja, said.en))


@pytest.mark.parametrize(("declaration", "column"), COLUMNS, ids=[f"{d.name}.{c.name}" for d, c in COLUMNS])
def test_every_value_of_a_closed_set_has_a_label(declaration: TableDeclaration, column: Column) -> None:
    assert tuple(category.value for category in categories(declaration.name, column.name)) == column.categories


@pytest.mark.parametrize("declaration", DECLARED, ids=[declaration.name for declaration in DECLARED])
def test_a_table_is_described_in_both_languages(declaration: TableDeclaration) -> None:
    assert description(declaration.description) is not None


def test_no_translation_is_left_over() -> None:
    english = [
        row["en"] for row in csv.DictReader(files("schemas.codes").joinpath("japanese.csv").open("r", encoding="utf-8"))
    ]
    said = {declaration.description for declaration in DECLARED} | {column.description for _, column in COLUMNS}
    assert set(english) == {" ".join(text.split()) for text in said}
    assert len(set(english)) == len(english)


def test_no_label_is_left_over() -> None:
    rows = csv.DictReader(files("schemas.codes").joinpath("categories.csv").open("r", encoding="utf-8"))
    assert {(row["table"], row["column"]) for row in rows} == {(d.name, c.name) for d, c in COLUMNS if c.categories}


def test_an_untranslated_description_reads_english_until_it_is_translated() -> None:
    assert description("Not said\n  in Japanese yet") == Text("Not said in Japanese yet", "Not said in Japanese yet")
