"""Which files a run reads, and under which names the tables know them."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extract import SUFFIXES
from pipeline.given import Given
from pipeline.remote import Nowhere, RemoteFolder
from schemas.declare import Text
from schemas.messages import say

KINDS = ", ".join(suffix.removeprefix(".") for suffix in SUFFIXES)
"""The kinds of file that hyoka reads, for messages."""


_BY_EFFECTIVE_ID = os.access in os.supports_effective_ids

_SAVED_AS = {
    ".doc": "docx", ".docm": "docx", ".dotx": "docx", ".odt": "docx", ".rtf": "docx",
    ".xlsb": "xlsx",
    ".jtd": "pdf", ".ppt": "pdf", ".pptx": "pdf",
}  # fmt: skip
"""Kinds of file that sheets come in and hyoka does not read, and the kind that their programs can save them as."""

_HIDDEN = (".", "~$")
"""What the names of files begin with that nobody sees: hidden ones, and the locks of files that are open in Office."""

_USED = "their lines were used"

MANIFEST_NAME = "sources.csv"
MATCHES_NAME = "matches.csv"
"""The file in an input folder that says what is known of the others; it is no source itself."""

Input = Path | RemoteFolder | Nowhere
"""What a run may be given to read."""


class UsageError(ValueError):
    """The command was given something that it cannot start with. The message says what, and what to give instead."""


class _NowhereError(Exception):
    """What was given names no place; `said` is why."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.en)
        self.said = said


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a file at `path`, or at `url`, whose path is then only its name's origin. `trouble` says what it is
    ("is a folder"), where that cannot be read as a document. `given` is what the user knows of it."""

    path: Path
    name: str
    trouble: Text | None = None
    url: str | None = None
    given: Given | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """Something below an input folder that is not read, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was found: the sources in the order of their names, what was passed over, and which lines of a manifest
    speak of no file."""

    sources: tuple[Source, ...]
    ignored: tuple[Ignored, ...]
    unmatched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Find:
    """A path below (or at) an input; the last `depth` parts of the path are its name."""

    path: Path
    depth: int
    trouble: Text | None = None
    ignored: str | None = None
    url: str | None = None


def find_inputs(
    inputs: Sequence[Path | RemoteFolder | Nowhere], out: Path | None = None, follow_links: bool = False
) -> Inputs:
    """The files to read among files and folders; folders are searched to the bottom, the folder `out` is left out.

    A file that is given itself is a source whatever its kind: reading it says what it is. A source's name is its path
    below the input, with ``/`` between the parts; where two inputs give the same name, as many of the folders above are
    put before both names as tell them apart. A path that is given twice is read once. A symbolic link below a folder
    that leads out of it is passed over unless `follow_links`; an input may itself be a link.

    An input that cannot be read at all (an empty path, a URL of no known kind) is a source with a trouble.

    Raises UsageError where an input does not exist, or where nothing is found to read.
    """
    if absent := [path for path in inputs if isinstance(path, Path) and _kind(path) == "absent"]:
        raise UsageError(f"there is no {_listed(absent)}. Give files ({KINDS}) or folders that hold them.")
    finds: dict[Path, _Find] = {}
    empty: list[str] = []
    for path in inputs:
        why: Text | None = None
        try:
            found = _found_at(path, out, follow_links)
            if not any(find.ignored is None for find in found):
                why = say("is a folder without a file that can be read")
        except OSError as error:
            found, why = (), say("is a place that cannot be read ({why})", why=error.strerror or str(error))
        except _NowhereError as error:
            found, why = (), error.said
        if why is not None:
            empty.append(f"“{_said(path)}”, which {why.en}")
            found = (*found, _Find(_top(path), 1, why))
        for find in found:
            if find.path not in finds or finds[find.path].ignored:
                finds[find.path] = find
    if len(empty) == len(inputs):
        raise UsageError(f"nothing to read in {', '.join(empty)}. Files of these kinds are read: {KINDS}.")
    read = [find for find in finds.values() if find.ignored is None]
    sources = [Source(find.path, name, find.trouble, find.url) for find, name in zip(read, _names(read), strict=True)]
    ignored = [Ignored(_name(find.path, find.depth), find.ignored) for find in finds.values() if find.ignored]
    return Inputs(
        sources=tuple(sorted(sources, key=lambda source: (source.name, os.fsencode(source.path)))),
        ignored=tuple(sorted(ignored, key=lambda found: found.name)),
    )


def printable(name: str) -> str:
    """A file name as text. Names that are no UTF-8 (a Japanese zip unpacked elsewhere) are read as CP932 if they can.

    Composed characters are put for what some systems take apart, so that a file has one name wherever it lies.

    >>> printable("評価.pdf".encode("cp932").decode("utf-8", "surrogateescape"))
    '評価.pdf'
    >>> printable("か\u3099く.pdf")
    'がく.pdf'
    """
    try:
        data = name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a surrogate pair: Windows allows it in a name
        return name.encode("utf-8", "backslashreplace").decode()
    for encoding in ("utf-8", "cp932"):
        try:
            return unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "backslashreplace")


def _top(path: Input) -> Path:
    """The path of an input, for its name."""
    if isinstance(path, Nowhere):
        return Path(path.said or "(empty)")
    return _absolute(path) if isinstance(path, Path) else Path(path.root)


def _found_at(path: Input, out: Path | None, follow_links: bool) -> tuple[_Find, ...]:
    if isinstance(path, Nowhere):
        raise _NowhereError(path.why)
    if isinstance(path, RemoteFolder):
        return tuple(_found_there(path))
    search = _Search(_absolute(out) if out else None, follow_links, _real(path))
    return _find(_top(path), search)


def _found_there(folder: RemoteFolder) -> Iterator[_Find]:
    """What is below a URL, or the file that it names. Its paths are those of its own system, and told by a URL."""
    is_file = folder.is_file()
    for name in folder.names():
        path = Path(folder.root) if is_file else Path(folder.root, name)
        url = folder.url if is_file else f"{folder.url}/{name}"
        hidden = any(part.startswith(_HIDDEN) for part in path.parts[-len(Path(name).parts) :])
        other = not is_file and path.suffix.lower() not in SUFFIXES
        ignored = "hidden" if hidden else _other_kind(path) if other else None
        if name in (MANIFEST_NAME, MATCHES_NAME) and not is_file:
            ignored = _USED
        yield _Find(path, len(Path(name).parts), ignored=ignored, url=url)


@dataclass(frozen=True, slots=True)
class _Search:
    """What a search passes over: the folder `out`, and, unless it follows links, what they lead to outside `top`."""

    out: Path | None
    follow_links: bool
    top: Path


def _find(path: Path, search: _Search) -> tuple[_Find, ...]:
    if _kind(path) == "folder":
        return tuple(_found_below(path, 1, search, frozenset({search.top})))
    return (_Find(path, 1),)


def _found_below(folder: Path, depth: int, search: _Search, above: frozenset[Path]) -> Iterator[_Find]:
    """What is in a folder, in the order of names. `above` holds the real folders on the way: a link may go round."""
    try:
        entries = sorted(folder.iterdir())
        if not os.access(folder, os.X_OK, effective_ids=_BY_EFFECTIVE_ID):  # its names, and nothing of what they name
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        yield _Find(folder, max(depth - 1, 1), say("is a folder that cannot be opened ({why})", why=error.strerror))
        return
    for path in entries:
        kind = _kind(path)
        if path.name in (MANIFEST_NAME, MATCHES_NAME) and depth == 1 and kind == "file":
            yield _Find(path, depth, ignored=_USED)
        elif reason := _passed_over(path, kind, search, above):
            yield _Find(path, depth, ignored=reason)
        elif kind == "folder":
            inside = tuple(_found_below(path, depth + 1, search, above | {_real(path)}))
            yield from inside
            if path.suffix.lower() in SUFFIXES and not any(find.ignored is None for find in inside):
                yield _Find(path, depth, say("is a folder, not a file"))
        else:
            yield _Find(path, depth)


def _passed_over(path: Path, kind: _Kind, search: _Search, above: frozenset[Path]) -> str | None:
    if path.name.startswith(_HIDDEN):
        return "hidden"
    if kind == "round":
        return "a link that leads to itself"
    if kind != "folder" and path.suffix.lower() not in SUFFIXES:
        return _other_kind(path)
    if not search.follow_links and path.is_symlink() and not _real(path).is_relative_to(search.top):
        return "a link that leaves the folder; --follow-links reads it"
    if kind == "folder":
        if path == search.out:
            return "the output folder"
        return "a link back to a folder above it" if _real(path) in above else None
    return "no regular file" if kind == "other" else None


def _other_kind(path: Path) -> str:
    """Why a file of a kind that is not read is passed over, and what to do where it may be a sheet.

    >>> _other_kind(Path("a.DOC")), _other_kind(Path("Thumbs.db"))
    ('another kind of file: save it as docx', 'another kind of file')
    """
    better = _SAVED_AS.get(path.suffix.lower())
    return "another kind of file" + (f": save it as {better}" if better else "")


_Kind = Literal["folder", "file", "other", "absent", "round", "closed"]


def _kind(path: Path) -> _Kind:
    """What a path leads to; `round` is a link that leads to itself, `closed` what may not be looked at."""
    try:
        mode = path.stat().st_mode
    except PermissionError:
        return "closed"
    except OSError as error:
        return "round" if error.errno == errno.ELOOP else "absent"
    except ValueError:  # a name that no system has
        return "absent"
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"


def _real(path: Path) -> Path:
    """The path without links. `Path.resolve` ends a run over links that lead to each other (until Python 3.13)."""
    return Path(os.path.realpath(path))


def _names(finds: Sequence[_Find]) -> list[str]:
    depths = [find.depth for find in finds]
    while True:
        names = [_name(find.path, depth) for find, depth in zip(finds, depths, strict=True)]
        counts = Counter(names)
        deeper = [
            min(depth + (counts[name] > 1), len(find.path.parts))
            for find, name, depth in zip(finds, names, depths, strict=True)
        ]
        if deeper == depths:
            return names
        depths = deeper


def _name(path: Path, depth: int) -> str:
    return "/".join(printable(part) for part in path.parts[-depth:])


def _absolute(path: Path) -> Path:
    # A link keeps its own name, so links are not followed here.
    return Path(os.path.normpath(path.absolute()))


def _listed(paths: Sequence[Input]) -> str:
    return ", ".join(f"“{_said(path)}”" for path in paths)


def _said(path: Input) -> str:
    if isinstance(path, Nowhere):
        return path.said
    return path.url if isinstance(path, RemoteFolder) else printable(str(path))
