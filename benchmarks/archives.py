"""Folders of any number of documents, made of our own in `data/raw`: of each other bytes, and other sentences.

What a document says is remembered while others are read, so a copy of one costs less than another document does. In
each that is made here, kanji which stand in sentences alone stand for each other, drawn anew for each: the labels,
names and figures stay, the sentences are others, with many words that are in no dictionary.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random

import pypdfium2 as pdfium

_OWN = Path(__file__).parents[1] / "data" / "raw"
_KANJI = re.compile(r"[一-龠]")
_APART = re.compile(r"[\t\n]|<[^>]*>")
"""What stands between two texts of a text form."""
_HIRAGANA = re.compile(r"[ぁ-ん]")
_SENTENCE = 8
"""Hiragana in a text that is taken for a sentence; labels, names and headings have fewer."""
_PAIRS = 60

Swap = dict[int, int]
"""Characters that stand for each other, as `str.translate` takes them."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One of our own documents, and the kanji that stand in its sentences alone."""

    path: Path
    n_pages: int
    free: Sequence[str]


def find_patterns(suffix: str) -> list[Pattern]:
    """Our own documents of one kind of file, ``.txt`` or ``.pdf``. Both kinds of a document say the same."""
    return [
        Pattern(path, _pages(path), _free_kanji(path.with_suffix(".txt"))) for path in sorted(_OWN.glob(f"*{suffix}"))
    ]


def make_archive(folder: Path, count: int, pdf_each: int) -> int:
    """Write so many documents, every `pdf_each`th a PDF (none with 0), and give the number of their pages.

    The same number gives the same bytes, so a small archive is the beginning of a large one.
    """
    texts, pdfs = cycle(find_patterns(".txt")), cycle(find_patterns(".pdf"))
    n_pages = 0
    for number in range(count):
        is_pdf = pdf_each > 0 and number % pdf_each == pdf_each - 1
        pattern = next(pdfs if is_pdf else texts)
        swap = draw_swap(pattern.free, Random(number))
        data = pattern.path.read_bytes()
        target = folder / f"{number // 1000:03}" / f"{number:06}{pattern.path.suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(change_pdf(data, swap) if is_pdf else data.decode().translate(swap).encode())
        n_pages += pattern.n_pages
    return n_pages


def draw_swap(free: Sequence[str], chance: Random) -> Swap:
    """Pairs of characters that stand for each other.

    >>> swap = draw_swap("山川海空", Random(0))
    >>> "山川海空".translate(swap).translate(swap), "山川海空".translate(swap) == "山川海空"
    ('山川海空', False)
    """
    drawn = chance.sample(free, min(2 * _PAIRS, len(free) // 2 * 2))
    pairs = [*zip(drawn[::2], drawn[1::2], strict=True)]
    return {ord(a): ord(b) for pair in pairs for a, b in (pair, reversed(pair))}


def change_pdf(data: bytes, swap: Swap) -> bytes:
    """A PDF whose fonts name characters otherwise: their ToUnicode maps are appended anew, as the format provides.

    It knows what LibreOffice writes: maps of one character each, in streams, and a table of objects.
    """
    changed, places = bytearray(data), list[tuple[int, int]]()
    for number in sorted({int(found) for found in re.findall(rb"/ToUnicode (\d+) 0 R", data)}):
        stream = re.search(rb"\n%d 0 obj\s*<<.*?>>\s*stream\r?\n(.*?)endstream" % number, data, re.DOTALL)
        assert stream is not None, f"no map {number} where LibreOffice writes it"
        names = re.sub(rb"> <([0-9A-F]{4})>", lambda found: _renamed(found, swap), zlib.decompress(stream[1]))
        places.append((number, len(changed)))
        changed += b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, len(names), names)
    table = len(changed)
    changed += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % place for place in places)
    trailer, before = re.findall(rb"trailer\s*<<(.*?)>>\s*startxref\s+(\d+)", data, re.DOTALL)[-1]
    return bytes(changed) + b"trailer\n<<%s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, before, table)


def _renamed(found: re.Match[bytes], swap: Swap) -> bytes:
    character = int(found[1], 16)
    return b"> <%04X>" % swap.get(character, character)


def _free_kanji(text_form: Path) -> list[str]:
    """The kanji that stand in sentences and nowhere else, where they might be of a label or a name."""
    texts = _APART.split(text_form.read_text(encoding="utf-8"))
    others = {character for text in texts if len(_HIRAGANA.findall(text)) < _SENTENCE for character in text}
    return sorted({kanji for text in texts for kanji in _KANJI.findall(text)} - others)


def _pages(path: Path) -> int:
    if path.suffix != ".pdf":
        return 1
    with pdfium.PdfDocument(path) as document:
        return len(document)
