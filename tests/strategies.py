"""Hypothesis strategies for documents and what they are made of."""

from __future__ import annotations

from hypothesis import strategies as st

from schemas.declare import Text
from schemas.document import Alignment, Box, Cell, CellStyle, Document, Fragment, Line, LineRole, Page, Problem, Table

JAPANESE = "市の産業振興計画を見直し、商店会と連携する。「」（）・※①②【】○△×％〜ー々ガｶﾞＡ１㈱"
LATIN = "abXY019.,:/()+&"
MARKUP = "<>*#-|$\\\"'`~_=;!?{}"

MARKUP_PIECES = ("<p>", "</p>", "<u>", "<br>", "<ul>", "<li>", "**", "$$", "&lt;", "&amp;", "\\*", "- ", "# ", "---")
"""Pieces that mean something in the text form; as characters of a document they are to survive as they are."""


def words() -> st.SearchStrategy[str]:
    """Runs of characters as they print, also such as look like markup."""
    return st.one_of(
        st.text(JAPANESE, min_size=1, max_size=6),
        st.text(LATIN, min_size=1, max_size=6),
        st.text(MARKUP, min_size=1, max_size=3),
        st.sampled_from(MARKUP_PIECES).map(str.strip),
        st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=3),
    )


def printed_lines() -> st.SearchStrategy[str]:
    """One line of print: words with and without blanks between them, never blank at an end."""
    joints = st.sampled_from(("", "", " ", "  ", "\u3000"))
    pairs = st.tuples(words(), joints)
    return st.lists(pairs, min_size=1, max_size=5).map(lambda parts: "".join(w + j for w, j in parts).strip())


def texts(min_lines: int = 1) -> st.SearchStrategy[str]:
    """Print of a cell or line: lines, with an empty one between two paragraphs."""
    joints = st.sampled_from(("\n", "\n", "\n\n"))
    pairs = st.lists(st.tuples(printed_lines(), joints), min_size=min_lines, max_size=3)
    return pairs.map(lambda lines: "".join(line + joint for line, joint in lines).strip())


# --- documents as the text form has them -----------------------------------------------------------------------------


def text_lines() -> st.SearchStrategy[Line]:
    """Lines without boxes, some of them headings."""
    levels = st.sampled_from((0, 0, 0, 1, 2, 6))
    return st.builds(lambda text, level: Line(text, (Fragment(1, text),), level=level), texts(), levels)


@st.composite
def text_tables(draw: st.DrawFn) -> Table:
    """Grids whose covered places stand at the left of a row, as the text form can tell them."""
    n_rows, n_cols = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    begins = [0] + [draw(st.integers(0, n_cols)) for _ in range(n_rows - 1)]
    cells = []
    for row, begin in enumerate(begins):
        for col in range(begin, n_cols):
            # What begins a row that is partly covered has text: nothing else shows where the cover ends.
            text = draw(texts() if row and col == begin else st.one_of(st.just(""), texts()))
            below = next((number for number in range(row + 1, n_rows) if begins[number] <= col), n_rows)
            cells.append(Cell(row, col, below - row, 1, text, (Fragment(1, text),)))
    return Table(n_rows, n_cols, tuple(cells))


def text_items() -> st.SearchStrategy[tuple[Line | Table, ...]]:
    """The items of a text document."""
    return st.lists(st.one_of(text_lines(), text_tables()), min_size=1, max_size=3).map(tuple)


def text_document(items: tuple[Line | Table, ...]) -> Document:
    """A text document of these items."""
    return Document("0" * 64, "a.txt", "text/plain", 1, (Page(1),), items, reader="text", encoding="utf-8")


# --- documents of any kind -------------------------------------------------------------------------------------------


def points() -> st.SearchStrategy[float]:
    """Places on a page, to 0.01 pt."""
    return st.integers(-5000, 200_000).map(lambda hundredths: hundredths / 100)


def boxes() -> st.SearchStrategy[Box]:
    """Rectangles on a page."""
    return st.builds(Box, points(), points(), points(), points())


@st.composite
def fragments(draw: st.DrawFn, text: str) -> tuple[Fragment, ...]:
    """The pieces that a text is printed in, on one page or more."""
    cut = draw(st.integers(0, len(text)))
    parts = (text[:cut], text[cut:]) if draw(st.booleans()) else (text,)
    first = draw(st.integers(1, 9))
    places = st.sampled_from((None, "Sheet1!B4"))
    confidences = st.none() | st.integers(0, 100).map(lambda hundredths: hundredths / 100)
    return tuple(
        Fragment(first + number, part, draw(st.none() | boxes()), draw(places), draw(confidences))
        for number, part in enumerate(parts)
    )


def cell_styles() -> st.SearchStrategy[CellStyle | None]:
    """How cells may be set, and None for those that nobody knows of."""
    alignments: tuple[Alignment | None, ...] = (None, "left", "center", "right")
    fills = st.sampled_from((None, "#d9d9d9"))
    return st.none() | st.builds(CellStyle, fills, st.none() | st.booleans(), st.sampled_from(alignments))


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """Lines of every role."""
    text = draw(texts())
    roles: tuple[LineRole, ...] = ("body", "header", "footer")
    return Line(text, draw(fragments(text)), draw(st.sampled_from(roles)), draw(st.integers(0, 6)))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Grids whose cells cover the whole grid, each place once, with spans both ways."""
    n_rows, n_cols = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(n_rows):
        for col in range(n_cols):
            if (row, col) in taken:
                continue
            free = next((other for other in range(col, n_cols) if (row, other) in taken), n_cols)
            row_span, col_span = draw(st.integers(1, n_rows - row)), draw(st.integers(1, free - col))
            taken |= {(row + down, col + right) for down in range(row_span) for right in range(col_span)}
            text = draw(st.one_of(st.just(""), texts()))
            cells.append(Cell(row, col, row_span, col_span, text, draw(fragments(text)), draw(cell_styles())))
    repeated = draw(st.sampled_from(((), tuple(cells[:1]))))
    return Table(n_rows, n_cols, tuple(cells), repeated)


def problems() -> st.SearchStrategy[Problem]:
    """What reading can meet."""
    optional = st.none() | texts()
    severities = st.sampled_from(("error", "warning", "note"))
    said = st.builds(Text, texts(), texts())
    return st.builds(
        Problem, st.just("unreadable"), severities, said, st.none() | st.integers(1, 9), optional, optional
    )


def pages() -> st.SearchStrategy[tuple[Page, ...]]:
    """Pages, numbered from 1."""
    sizes = st.none() | points()
    page = st.tuples(sizes, sizes, st.sampled_from((0, 90, 180, 270)))
    return st.lists(page, max_size=3).map(
        lambda found: tuple(Page(number, *sides) for number, sides in enumerate(found, 1))
    )


def documents() -> st.SearchStrategy[Document]:
    """Documents of any kind, readable or not."""
    return st.builds(
        Document,
        sha256=st.integers(0, 2**256 - 1).map(lambda digest: f"{digest:064x}"),
        source_name=texts(),
        media_type=st.sampled_from(("application/pdf", "text/plain")),
        size_bytes=st.integers(0, 2**40),
        pages=pages(),
        items=st.lists(st.one_of(lines(), tables()), max_size=2).map(tuple),
        problems=st.lists(problems(), max_size=2).map(tuple),
        reader=st.sampled_from((None, "pdfplumber", "text")),
        encoding=st.sampled_from((None, "utf-8", "cp932")),
    )
