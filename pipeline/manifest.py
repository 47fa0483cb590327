"""`sources.csv`: what a user knows of the files, as a table that any spreadsheet writes.

One line for each path or pattern: ``path`` and, each where it is known, ``municipality`` (name or code), ``plan``,
``fiscal_year``, ``url``, ``date``. Paths are those below the input folder, with ``/`` between the parts. A pattern has
``*`` and ``?``; in one with ``{municipality}``, ``{plan}`` or ``{fiscal_year}``, the folders themselves say what they
hold. A line for the very path counts before patterns, and among these the first that says something.
"""

from __future__ import annotations

import csv
import datetime
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pipeline.given import Given
from pipeline.remote import RemoteFolder, read_url
from pipeline.sources import MANIFEST_NAME, Input, Inputs, Source, UsageError, printable
from schemas.codes import eras, municipality_rows, prefectures

HEADS: Mapping[str, str] = {
    **dict.fromkeys(("path", "file", "pattern", "source_name", "ファイル", "ファイル名", "パス"), "path"),
    **dict.fromkeys(
        ("municipality", "municipality_code", "municipality_name", "city", "市区町村", "市区町村名", "市区町村コード",
         "自治体", "自治体名", "団体名", "団体コード"),
        "municipality",
    ),
    **dict.fromkeys(("plan", "plan_name", "計画", "計画名"), "plan"),
    **dict.fromkeys(("fiscal_year", "year", "年度", "対象年度"), "fiscal_year"),
    **dict.fromkeys(("url", "source_url", "入手元", "出典"), "url"),
    **dict.fromkeys(("date", "retrieved_on", "入手日", "取得日"), "date"),
}  # fmt: skip
_SLOTS = ("municipality", "plan", "fiscal_year")
_SLOT = re.compile(r"\{(\w+)\}")
_YEAR = re.compile(r"(?:FY|西暦)?(\d{4})(?:年度|年)?", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the path or pattern, as it is written and as it is matched, and what is given of the files."""

    number: int
    path: str
    pattern: re.Pattern[str] | None
    given: Given


@dataclass(frozen=True, slots=True)
class Manifest:
    """The lines of one manifest; `name` is what messages call it."""

    name: str
    exact: Mapping[str, Line]
    patterns: tuple[Line, ...]

    def find(self, path: str) -> Iterator[Line]:
        """The lines that speak of a path, the one that counts most first, with what its folders say."""
        if path in self.exact:
            yield self.exact[path]
        for line in self.patterns:
            if line.pattern and (found := line.pattern.fullmatch(path)):
                yield replace(line, given=_from_folders(found.groupdict(), self.name).over(line.given))


def read_manifest(text: str) -> Manifest:
    """The manifest that ``--sources`` names: a file, or a rule such as ``{municipality}/{fiscal_year}/``.

    Raises UsageError where there is no such file, or where it cannot be meant.
    """
    if _SLOT.search(text) and not Path(text).exists():
        return Manifest(text, {}, (_line(0, text, Given(), "--sources"),))
    try:
        return parse_manifest(Path(text).read_bytes(), printable(text))
    except OSError as error:
        raise UsageError(
            f"--sources “{printable(text)}”: {error.strerror or error}. Give a table with a column path, or a "
            "rule such as {municipality}/{fiscal_year}/"
        ) from None


def parse_manifest(data: bytes, name: str) -> Manifest:
    """The lines of a manifest, from CSV or tab-separated bytes in UTF-8 or CP932. Raises UsageError where a line cannot
    be meant: what stands there, and what is expected.

    >>> manifest = parse_manifest("path,fiscal_year\\na/*.pdf,令和7年度\\n".encode(), "sources.csv")
    >>> [line.given.fiscal_year for line in manifest.find("a/b.pdf")]
    [2025]
    """
    rows = table_rows(data, name)
    names = [HEADS.get(cell.strip().lower()) for cell in next(rows, [])]
    if "path" not in names:
        raise UsageError(
            f"“{name}”: no column path. The first line names the columns: path, municipality, plan, fiscal_year, url, "
            "date"
        )
    exact: dict[str, Line] = {}
    patterns: list[Line] = []
    for number, cells in enumerate(rows, start=2):
        said = {column: cell.strip() for column, cell in zip(names, cells, strict=False) if column and cell.strip()}
        if "path" not in said:
            if said:
                raise UsageError(f"“{name}”, line {number}: no path")
            continue
        where = f"“{name}”, line {number}"
        line = _line(number, said["path"].removeprefix("./"), _given(said, where), where)
        if line.pattern:
            patterns.append(line)
        elif (before := exact.setdefault(line.path, line)) is not line and before.given != line.given:
            raise UsageError(f"{where}: line {before.number} says otherwise of {line.path}")
    return Manifest(name, exact, tuple(patterns))


def give(found: Inputs, inputs: Sequence[Input], manifest: Manifest | None) -> Inputs:
    """The sources with what is given of them: by the manifest, else by the `sources.csv` of their input folder.

    `unmatched` of the result are the lines that speak of no file. Raises UsageError as `parse_manifest`.
    """
    own = [*_folders(inputs)]
    used: set[tuple[str, int]] = set()
    sources = tuple(replace(source, given=_given_of(source, manifest, own, used)) for source in found.sources)
    every = [*([manifest] if manifest else ()), *(one for _, one in own)]
    unmatched = tuple(
        f"{one.name}{f', line {line.number}' if line.number else ''}: {line.path}"
        for one in every
        for line in (*one.exact.values(), *one.patterns)
        if (one.name, line.number) not in used
    )
    return replace(found, sources=sources, unmatched=unmatched)


def _given_of(
    source: Source, manifest: Manifest | None, own: Iterable[tuple[Path, Manifest]], used: set[tuple[str, int]]
) -> Given | None:
    given: Given | None = None
    below = [(source.path.relative_to(top).as_posix(), one) for top, one in own if source.path.is_relative_to(top)]
    names = dict.fromkeys((source.name, *(printable(name) for name, _ in below)))
    asked = [*((name, manifest) for name in names if manifest), *((printable(name), one) for name, one in below)]
    for name, one in asked:
        for line in one.find(name):
            used.add((one.name, line.number))
            given = given.over(line.given) if given else line.given
    return given


def _folders(inputs: Sequence[Input]) -> Iterator[tuple[Path, Manifest]]:
    """The input folders that have a manifest, each by the path that its files' paths begin with."""
    for place in inputs:
        if isinstance(place, RemoteFolder):
            if MANIFEST_NAME in place.names() and not place.is_file():
                data = read_url(f"{place.url}/{MANIFEST_NAME}")
                yield Path(place.root), parse_manifest(data, f"{place.url}/{MANIFEST_NAME}")
        elif isinstance(place, Path) and _is_file(path := place / MANIFEST_NAME):
            yield Path(os.path.normpath(place.absolute())), parse_manifest(path.read_bytes(), printable(str(path)))


def _is_file(path: Path) -> bool:
    """Whether a file stands there that may be looked at."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _line(number: int, path: str, given: Given, where: str) -> Line:
    if unknown := [slot for slot in _SLOT.findall(path) if slot not in _SLOTS]:
        raise UsageError(f"{where}: {{{unknown[0]}}} is none of {', '.join(f'{{{slot}}}' for slot in _SLOTS)}")
    if not (_SLOT.search(path) or any(mark in path for mark in "*?")):
        return Line(number, path, None, given)
    pattern = "".join(_to_pattern(part) for part in re.split(r"(\{\w+\}|\*|\?)", path))
    return Line(number, path, re.compile(pattern + (".*" if path.endswith("/") else "")), given)


def _to_pattern(part: str) -> str:
    if slot := _SLOT.fullmatch(part):
        return f"(?P<{slot[1]}>[^/]+)"
    return {"*": ".*", "?": "."}.get(part, re.escape(part))


def _from_folders(found: Mapping[str, str], name: str) -> Given:
    """What folders are called, as values; what is none of the kind becomes a complaint, not an error: a folder may be
    called anything."""
    given = Given()
    for slot, text in found.items():
        try:
            given = _given({slot: text}, name).over(given)
        except UsageError:
            kind = "municipality" if slot == "municipality" else "fiscal year"
            given = replace(given, complaints=(*given.complaints, (text, kind)))
    return given


def _given(said: Mapping[str, str], where: str) -> Given:
    return Given(
        municipality_code=text_to_municipality(said["municipality"], where) if "municipality" in said else None,
        plan_name=said.get("plan"),
        fiscal_year=_text_to_year(said["fiscal_year"], where) if "fiscal_year" in said else None,
        source_url=said.get("url"),
        retrieved_on=_text_to_date(said["date"], where) if "date" in said else None,
    )


def text_to_municipality(text: str, where: str) -> str:
    """The six-digit code of a municipality by its name, with its prefecture's where two have it, or by its code of five
    or six digits. Raises UsageError where there is none, or more than one.

    >>> text_to_municipality("13203", "here"), text_to_municipality("東京都府中市", "here")
    ('132039', '132063')
    """
    found = _municipalities().get("".join(text.split()), ())
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{code} ({_prefecture_of(code)})" for code in found)
        raise UsageError(f"{where}: {text} is the name of several: {names}. Give the code, or the prefecture before it")
    raise UsageError(f"{where}: “{text}” is no municipality. Give its name as 市, 区, 町 or 村 has it, or its code")


@cache
def _municipalities() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in municipality_rows():
        prefecture = prefectures()[row.prefecture_iso]
        for name in (
            row.municipality_code, row.area_code, row.area_code.lstrip("0"), row.municipality_code.lstrip("0"),
            row.municipality_name, prefecture + row.municipality_name,
        ):  # fmt: skip
            if row.municipality_code not in found.get(name, ()):
                found[name] = (*found.get(name, ()), row.municipality_code)
    return found


def _prefecture_of(code: str) -> str:
    return prefectures()[f"JP-{code[:2]}"]


def _text_to_year(text: str, where: str) -> int:
    """A fiscal year: 2025, FY2025, 令和7年度, R7.

    >>> _text_to_year("平成31年度", "here"), _text_to_year("r7", "here"), _text_to_year("2025", "here")
    (2019, 2025, 2025)
    """
    plain = "".join(text.translate(_WIDE).split())
    if (found := _YEAR.fullmatch(plain)) and int(found[1]) in _YEARS:
        return int(found[1])
    for era in eras():
        if found := re.fullmatch(rf"(?:{era.name}|{era.initial}\.?)(\d{{1,2}}|元)(?:年度|年)?", plain, re.IGNORECASE):
            return era.first_year - 1 + (1 if found[1] == "元" else int(found[1]))
    raise UsageError(f"{where}: “{text}” is no fiscal year. Expected 2025 or 令和7年度")


def _text_to_date(text: str, where: str) -> datetime.date:
    """A day: 2026-07-01, 2026/7/1, 2026年7月1日, 令和8年7月1日."""
    plain = "".join(text.translate(_WIDE).split())
    if found := re.fullmatch(r"(\D+\d{1,2}|\D+元)[年.](.+)", plain):
        plain = f"{_text_to_year(found[1], where)}年{found[2]}"
    try:
        if found := _DATE.fullmatch(plain):
            return datetime.date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise UsageError(f"{where}: “{text}” is no date. Expected 2026-07-01")


_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


def printable_name(path: Path) -> str:
    """What messages call a manifest."""
    return printable(str(path))


def table_rows(data: bytes, name: str) -> Iterator[list[str]]:
    """The rows of a table that a spreadsheet wrote, comma- or tab-separated, whatever its lines end with.

    Raises UsageError where it is no such table.

    >>> [*table_rows(b"path,plan\\ra.pdf,x\\r", "sources.csv")]
    [['path', 'plan'], ['a.pdf', 'x']]
    """
    text, _ = decoded(data, name)
    lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"))
    delimiter = "\t" if "\t" in lines.readline() else ","
    lines.seek(0)
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error as error:
        raise UsageError(f"“{name}” is no table as a spreadsheet writes it ({error})") from None


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text of a manifest and its encoding. Raises UsageError where it is none that spreadsheets write."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise UsageError(f"“{name}” is no text in UTF-8 or Shift JIS")
