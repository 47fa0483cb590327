"""`hyoka fetch LIST --into DIR`: files from the web, each with its address, day and digest in `DIR/sources.csv`.

It asks as a polite visitor does: what a site's robots.txt forbids is left alone, requests to one host are a second or
more apart, and what fails for a while is tried again later and less often. A file that is there is never written over;
a run that was stopped goes on where it was. `hyoka convert DIR` reads `sources.csv` with the files.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import os
import re
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from pathlib import Path, PurePosixPath
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener
from urllib.robotparser import RobotFileParser

from extract import SUFFIXES
from pipeline import __version__
from pipeline.remote import without_secrets
from pipeline.sources import MANIFEST_NAME, UsageError, printable

AGENT = f"hyoka/{__version__}"
COLUMNS = ("path", "municipality", "plan", "fiscal_year", "url", "date", "sha256")
_PASSED_ON = ("municipality", "plan", "fiscal_year")
_CHUNK = 1 << 16
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that another try may change (RFC 9110, RFC 6585)."""

_LONGEST_WAIT = 120.0
"""Seconds; a server that asks for more is left for another run."""

_KINDS = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.ms-excel": ".xls",
}


class FetchError(Exception):
    """A file that could not be had. The message says why; `is_passing` whether another try may get it."""

    def __init__(self, message: str, is_passing: bool = False, wait: float | None = None) -> None:
        super().__init__(message)
        self.is_passing = is_passing
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of the list: the address, and what is known of the file."""

    url: str
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manners:
    """How a site is asked: `pause` seconds between requests to one host, so many `tries` for a file, no file of more
    than `most` bytes, `timeout` seconds of silence."""

    pause: float = 1.0
    tries: int = 4
    most: int = 512 * 2**20
    timeout: float = 60.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one address: the path of its file below the folder, or why there is none."""

    url: str
    path: str | None
    said: str


def read_list(data: bytes) -> tuple[Wanted, ...]:
    """The addresses of a list: a table with a column url, or one address a line. Raises UsageError.

    >>> read_list(b"url,fiscal_year\\nhttps://example.jp/a.pdf,2025\\n")
    (Wanted(url='https://example.jp/a.pdf', known={'fiscal_year': '2025'}),)
    >>> read_list(b"https://example.jp/a.pdf\\n")[0].url
    'https://example.jp/a.pdf'
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp932", "replace")
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and "://" in lines[0]:
        lines = ["url", *lines]
    rows = list(csv.DictReader(io.StringIO("\n".join(lines)), delimiter="\t" if lines and "\t" in lines[0] else ","))
    if not rows or "url" not in rows[0]:
        raise UsageError("the list has no addresses. Give a table with a column url, or one address a line.")
    found = []
    for number, row in enumerate(rows, start=2):
        url = (row.get("url") or "").strip()
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise UsageError(f"line {number}: “{without_secrets(url)}” is no address of the web (http:// or https://)")
        if urlsplit(url).username or urlsplit(url).password:
            raise UsageError(
                f"line {number}: “{without_secrets(url)}” holds credentials; hyoka fetches public files only"
            )
        known = {name: value.strip() for name in ("path", *_PASSED_ON) if (value := row.get(name) or "").strip()}
        found.append(Wanted(url, known))
    return tuple(found)


def fetch(wanted: Iterable[Wanted], folder: Path, manners: Manners | None = None) -> Iterator[Fetched]:
    """Fetch files into a folder, one after another, and say of each what became of it. Raises OSError where the folder
    cannot be written."""
    visitor = _Visitor(manners or Manners())
    folder.mkdir(parents=True, exist_ok=True)
    held = {row["url"]: row for row in _read_manifest(folder)}
    for one in wanted:
        row = held.get(one.url)
        if row and _is_whole(folder / row["path"], row.get("sha256", "")):
            yield Fetched(one.url, row["path"], "is there")
            continue
        try:
            body, suffix = visitor.get(one.url)
        except FetchError as error:
            yield Fetched(one.url, None, str(error))
            continue
        digest = hashlib.sha256(body).hexdigest()
        path = _free_path(folder, one, suffix, digest)
        if path is None:
            yield Fetched(one.url, None, f"“{one.known['path']}” is there already, with other bytes; it stays")
            continue
        _write_new(folder / path, body)
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        held[one.url] = {**one.known, "path": path, "url": one.url, "date": today, "sha256": digest}
        _write_manifest(folder, held.values())
        yield Fetched(one.url, path, f"{len(body):,} bytes")


class _Visitor:
    """Asks hosts, each no more often than is polite."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._next: dict[str, float] = {}
        self._rules: dict[str, RobotFileParser] = {}
        self._opener: OpenerDirector = build_opener(_OnTheWeb)

    def get(self, url: str) -> tuple[bytes, str]:
        """The bytes at an address, and the ending that its kind has. Raises FetchError."""
        host = urlsplit(url).netloc
        rules = self._rules_of(url)
        if not rules.can_fetch(AGENT, url):
            raise FetchError("the site's robots.txt asks programs not to fetch it")
        pause = max(self._manners.pause, float(rules.crawl_delay(AGENT) or 0))
        for number in range(1, self._manners.tries + 1):
            try:
                return self._asked(url, host, min(pause, _LONGEST_WAIT))
            except FetchError as error:
                wait = error.wait if error.wait is not None else pause * 2**number
                if not error.is_passing or number == self._manners.tries or wait > _LONGEST_WAIT:
                    raise
                self._next[host] = time.monotonic() + wait
        raise FetchError("it was not tried")

    def _rules_of(self, url: str) -> RobotFileParser:
        """What a site's robots.txt says; one that has none allows everything (RFC 9309)."""
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._rules:
            rules = RobotFileParser()
            try:
                body, _ = self._asked(f"{root}/robots.txt", parts.netloc, self._manners.pause)
                rules.parse(body[: 500 * 1024].decode("utf-8", "replace").splitlines())
            except FetchError as error:
                if error.is_passing:
                    raise FetchError(f"the site does not say what it allows (robots.txt: {error})", True) from None
                rules.parse([])
            self._rules[root] = rules
        return self._rules[root]

    def _asked(self, url: str, host: str, pause: float) -> tuple[bytes, str]:
        time.sleep(max(0.0, self._next.get(host, 0.0) - time.monotonic()))
        try:
            with self._opener.open(
                Request(url, headers={"User-Agent": AGENT}), timeout=self._manners.timeout
            ) as answer:
                body = _read(answer, self._manners.most)
                kind = answer.headers.get_content_type()
        except HTTPError as error:
            wait = error.headers.get("Retry-After", "") if error.headers else ""
            error.close()
            seconds = float(wait) if wait.isdecimal() else None
            raise FetchError(
                f"the server answers {error.code} ({error.reason})", error.code in _LATER, seconds
            ) from None
        except URLError as error:
            raise FetchError(f"the network, or the server, does not answer ({error.reason})", True) from None
        except (OSError, ValueError, HTTPException) as error:
            raise FetchError(f"the answer broke off ({type(error).__name__})", True) from None
        finally:
            self._next[host] = time.monotonic() + pause
        return body, _KINDS.get(kind, "")


class _OnTheWeb(HTTPRedirectHandler):
    """Follows redirects from web address to web address, and to nothing else."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]  # as urllib has it
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise FetchError(f"it leads on to “{without_secrets(newurl)}”, which is no address of the web")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _read(answer: HTTPResponse, most: int) -> bytes:
    """The body, where it is not too long and as long as it was said to be. Raises FetchError, and ValueError."""
    parts = []
    size = 0
    while chunk := answer.read(_CHUNK):
        size += len(chunk)
        if size > most:
            raise FetchError(f"it has more than {most:,} bytes (--max-bytes raises it)")
        parts.append(chunk)
    said = answer.headers.get("Content-Length", "")
    if said.isdecimal() and int(said) != size:
        raise ValueError(f"{size} bytes of {said}")
    return b"".join(parts)


def name_of(url: str, suffix: str) -> str:
    """A path for a file: its host, and the last part of its address, without what a file system, or a pattern, reads.

    >>> name_of("https://www.example.jp/docs/R7%E8%A9%95%E4%BE%A1.pdf?v=1", ".pdf")
    'www.example.jp/R7評価.pdf'
    >>> name_of("https://example.jp/../..", ""), name_of("https://example.jp/download?id=5", ".pdf")
    ('example.jp/index', 'example.jp/download.pdf')
    """
    parts = urlsplit(url)
    last = unquote(PurePosixPath(parts.path).name)
    plain = "".join("_" if unicodedata.category(c)[0] == "C" or c in '/\\:*?"<>|{}' else c for c in printable(last))
    plain = re.sub(r"^\.+", "", plain)[-120:] or "index"
    known = PurePosixPath(plain).suffix.lower() in SUFFIXES
    return f"{parts.hostname}/{plain}{'' if known else suffix}"


def _free_path(folder: Path, one: Wanted, suffix: str, digest: str) -> str | None:
    """A path that no other file has; None where the list names one that is taken."""
    asked = one.known.get("path")
    if asked is not None:
        pure = PurePosixPath(asked)
        if pure.is_absolute() or ".." in pure.parts:
            raise UsageError(f"“{asked}”: a path of the list stays below the folder")
        return None if (folder / asked).exists() else asked
    name = PurePosixPath(name_of(one.url, suffix))
    tried = (str(name), str(name.with_name(f"{name.stem}-{digest[:8]}{name.suffix}")))
    return next((path for path in tried if not (folder / path).exists()), None) or str(
        name.with_name(f"{name.stem}-{digest[:16]}{name.suffix}")
    )


def _write_new(path: Path, body: bytes) -> None:
    """Write a file that is not there yet, so that it is there as a whole or not at all. Raises FileExistsError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name[:80]}.{os.getpid()}.part")
    part.write_bytes(body)
    try:
        with path.open("xb"):
            pass
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _is_whole(path: Path, digest: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _read_manifest(folder: Path) -> Sequence[Mapping[str, str]]:
    path = folder / MANIFEST_NAME
    if not path.is_file():
        return ()
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    if rows and not {"path", "url", "sha256"} <= rows[0].keys():
        raise UsageError(f"“{path}” is not one that `hyoka fetch` wrote. Give another folder, or move it away.")
    return rows


def _write_manifest(folder: Path, rows: Iterable[Mapping[str, str]]) -> None:
    path = folder / MANIFEST_NAME
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    beside.replace(path)
