"""What an archive of nine million pages would cost, from what was measured: the table in `docs/archive.md`.

python -m benchmarks.national
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.documents import FIVE
from benchmarks.figures import TOTAL
from benchmarks.growth import RESULTS, Growth, read_growth
from benchmarks.tools import BASE

PAGE = Path(__file__).parents[1] / "docs" / "archive.md"
PAGES = 9_000_000
_CORES = (2, 16, 256)
_OUTPUTS = 47
"""Prefectures: an output for each is a way to cut the archive."""
_BEGIN, _END = "<!-- measured -->\n", "<!-- end -->\n"


def main() -> None:
    """Write the table anew."""
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def renewed(page: str) -> str:
    """The page with the table as the results have it. Raises ValueError where the page has no place for it."""
    before, rest = page.split(_BEGIN)
    _, after = rest.split(_END)
    speeds = {
        figure["tool"]: float(figure["pages_per_second"])
        for figure in json.loads((RESULTS / "compare.json").read_text(encoding="utf-8"))["figures"]
        if (figure["group"], figure["document"]) == (FIVE, TOTAL)
    }
    lines = cost_to_lines(read_growth(RESULTS / "growth.json"), speeds["hyoka convert"], speeds[BASE])
    return "\n".join((before + _BEGIN, *lines, "", _END + after))


def cost_to_lines(growth: Growth, convert: float, careful: float) -> Iterator[str]:
    """The table, from pages a second of the whole conversion and of the careful reader in `compare.json`."""
    pdfs, before, last = growth.pdfs, *growth.runs[-2:]
    documents = PAGES * pdfs.documents / pdfs.pages
    seconds = PAGES * pdfs.cpu_seconds / pdfs.pages
    held = max(0.0, (last.parent_mib - before.parent_mib) / (last.documents - before.documents))
    tables = documents * last.merge_seconds / last.documents
    yield "| | measured | nine million pages |"
    yield "| --- | ---: | ---: |"
    yield f"| documents | {pdfs.pages / pdfs.documents:.1f} pages each | {documents / 1e6:.2f} million |"
    yield f"| CPU, prose of their own | {pdfs.pages / pdfs.cpu_seconds:.1f} pages/s | {_hours(seconds)} |"
    yield f"| CPU, five real documents again and again | {convert:.1f} pages/s | {_hours(PAGES / convert)} |"
    worst = seconds + PAGES / careful
    yield f"| CPU, if each page needed pdfplumber too | {PAGES / worst:.1f} pages/s | {_hours(worst)} |"
    for cores in _CORES:
        yield f"| the first of these on {cores} cores | | {_hours(seconds / cores)} |"
    yield f"| of it in one process: writing one set of tables | {_each(tables / documents)} | {_hours(tables)} |"
    yield f"| writing the tables of {_OUTPUTS} outputs | | {_hours(tables / _OUTPUTS)} each |"
    yield f"| memory of a worker, peak | {pdfs.worker_mib:.0f} MiB | the same |"
    whole = last.parent_mib + held * documents
    yield f"| memory of the leading process, peak | {held * 1024:.1f} KiB a document | {whole / 1024:.1f} GiB |"
    share = last.parent_mib + held * documents / _OUTPUTS
    yield f"| memory of the leading process, {_OUTPUTS} outputs | | {share:.0f} MiB each |"
    yield f"| disk for the sources | {_kib(pdfs.input_size, pdfs.pages)} | {_gb(pdfs.input_size, pdfs.pages)} |"
    yield f"| disk for the parts | {_kib(pdfs.parts_size, pdfs.pages)} | {_gb(pdfs.parts_size, pdfs.pages)} |"
    yield f"| disk for the tables | {_kib(pdfs.tables_size, pdfs.pages)} | {_gb(pdfs.tables_size, pdfs.pages)} |"


def _hours(seconds: float) -> str:
    """Seconds as hours or minutes, to two figures.

    >>> _hours(3600 * 187), _hours(3600 * 2.345), _hours(179)
    ('190 h', '2.3 h', '3 min')
    """
    return f"{_round(seconds / 3600):,g} h" if seconds >= 3600 else f"{_round(seconds / 60):,g} min"


def _round(number: float) -> float:
    return float(f"{number:.2g}")


def _each(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms a document"


def _kib(size: int, pages: int) -> str:
    return f"{size / pages / 1024:.0f} KiB a page"


def _gb(size: int, pages: int) -> str:
    return f"{_round(PAGES * size / pages / 1e9):,g} GB"


if __name__ == "__main__":
    main()
