"""The review's pages as HTML. The templates escape whatever a document prints; nothing in them is marked safe."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.correction import ADDED, REMOVED, Correction, column_of
from pipeline.printed import is_correctable
from pipeline.review.charts import Charts
from pipeline.review.evidence import DocumentView
from pipeline.review.fields import category_text
from pipeline.review.form_views import FormView, meaning_names
from pipeline.summary import share_to_text
from schemas.declare import Column, Text
from schemas.records import TABLES
from schemas.wording import Category, categories

Decisions = Mapping[tuple[str, str, str], Correction]
"""What was decided on fields: table, record id and field → the correction that waits in its file."""

STATIC = ("review.css", "review.js")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a document's source adds to its page: the addresses of pictures by page, and of the second reading."""

    pictures: Mapping[int, str]
    second: str | None


_PIECE = 400
"""How many of a template's bits of text go into one piece: about 5 kB, less than the boxes of a page."""

NO_EVIDENCE = Evidence({}, None)


def index_html(
    documents: Sequence[DocumentView], charts: Charts, token: str | None = None, forms: Sequence[FormView] = ()
) -> str:
    """The list of documents, with its charts, and of the forms that were learnt.

    With a token it can send the cities of those that print none.
    """
    return _environment().get_template("index.html").render(
        documents=documents, charts=charts, statuses=categories("documents", "status"), token=token, forms=forms,
    )  # fmt: skip


def form_html(form: FormView, token: str | None) -> str:
    """A form with the meanings of its labels. With a token it can send others."""
    return _environment().get_template("form.html").render(form=form, meanings=meaning_names(), token=token)


def document_html(document: DocumentView, evidence: Evidence, decisions: Decisions, token: str | None) -> Iterator[str]:
    """One document, piece by piece: its first page can be looked at while the rest is still made.

    With a token it can send corrections to the server that gave it.
    """
    stream = _environment().get_template("document.html").stream(
        document=document, pictures=evidence.pictures, second=evidence.second, decisions=decisions, token=token,
        added=_added_fields() if token else {}, removed=REMOVED, choices=_choices() if token else (),
    )  # fmt: skip
    stream.enable_buffering(_PIECE)
    yield from stream


@cache
def _added_fields() -> Mapping[str, Sequence[tuple[Column, Sequence[Category]]]]:
    """The tables that a record may be added to, with the columns to fill in and their values where they are closed."""
    return {
        name: tuple((column_of(name, column), categories(name, column)) for column in columns)
        for name, columns in ADDED.items()
    }


@cache
def _choices() -> Sequence[tuple[str, Column, Sequence[Category]]]:
    """The columns of closed sets that a person may correct: their table, and the values to choose from."""
    return tuple(
        (declaration.name, column, categories(declaration.name, column.name))
        for declaration in TABLES
        for column in declaration.columns
        if column.categories and is_correctable(declaration, column.name)
    )


def static_file(name: str) -> bytes:
    """A style sheet or script of the review. Raises KeyError for any other name."""
    if name not in STATIC:
        raise KeyError(name)
    return files("pipeline.review").joinpath("static", name).read_bytes()


@cache
def words() -> Mapping[str, Text]:
    """What the pages say, in both languages, by key."""
    text = files("pipeline.review").joinpath("wording.csv").read_text(encoding="utf-8")
    return {row["key"]: Text(row["ja"], row["en"]) for row in csv.DictReader(text.splitlines())}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.review"), autoescape=True, undefined=StrictUndefined, trim_blocks=False
    )
    titles = {declaration.name: declaration.title for declaration in TABLES}
    environment.globals.update(
        words=words(),
        share=share_to_text,
        table_title=titles.__getitem__,
        severity=lambda value: category_text("findings", "severity", value),
    )
    return environment
