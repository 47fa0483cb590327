"""The ZIP package of an office file: its parts, each unpacked within a bound, and its XML, read without a declaration.

Nothing in a package is executed and nothing that it points to is fetched: only parts of its own are opened. XML with a
document type declaration is refused, since no office file needs one and entities are declared there (ECMA-376 part 2,
§8.1.4 forbids it).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from math import isfinite
from typing import TypeAlias

from lxml import etree

from schemas.declare import Text
from schemas.limits import Limits, over_limit
from schemas.messages import say

Node: TypeAlias = "etree._Element"

_MOST_PARTS = 10_000
"""So many parts no workbook has: Excel writes a handful for each sheet and picture."""

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


class OfficeError(Exception):
    """A file cannot be read as what it is. `said` is what was met, in words for a finding."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.en)
        self.said = said


class Package:
    """The parts of a ZIP file by name. Raises OfficeError where it is damaged or goes beyond a limit."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.unpacked
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise OfficeError(
                say("The file's ZIP package is damaged ({why}); get it again from its source.", why=error)
            ) from error
        if len(members) > _MOST_PARTS:
            raise OfficeError(
                say(
                    "The file's ZIP package has {n} parts, more than any office file; look at it.",
                    n=format(len(members), ","),
                )
            )
        self._members = {member.filename.lstrip("/").lower(): member for member in members}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def names(self, folder: str) -> Iterator[str]:
        """The parts below a folder, in the order of their names."""
        return (name for name in sorted(self._members) if name.startswith(folder.lower()))

    def read(self, name: str) -> bytes:
        """The bytes of a part; none where there is no such part. All parts together are bound by the limit."""
        member = self._members.get(name.lower())
        if member is None:
            return b""
        if member.flag_bits & 0x1:
            raise OfficeError(say("The file is locked with a password. Save it without one, and convert it again."))
        try:
            with self._zip.open(member) as part:
                data = part.read(self._left + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            NotImplementedError,
            EOFError,
            OSError,
            RuntimeError,
        ) as error:
            raise OfficeError(
                say(
                    "The part {name} of the file is damaged ({why}); get it again from its source.",
                    name=name,
                    why=error,
                )
            ) from error
        self._left -= len(data)
        if self._left < 0:
            raise OfficeError(
                say("This file has {what}; nothing of it was read.", what=over_limit(self._limits, "unpacked"))
            )
        return data

    def xml(self, name: str) -> Node | None:
        """The root of a part's XML; None where there is no such part, or nothing in it."""
        data = self.read(name)
        return parse_xml(data, name) if data.strip() else None

    def related(self, name: str, kind: str) -> tuple[str, ...]:
        """The parts of a kind (the last word of the relationship's type) that a part points to, in order."""
        return tuple(target for _, kind_of_it, target in self._relationships(name) if kind_of_it == kind)

    def by_relationship(self, name: str) -> dict[str, str]:
        """The parts that a part points to, by the id of the relationship. What lies outside the file is left out."""
        return {identity: target for identity, _, target in self._relationships(name)}

    def _relationships(self, name: str) -> Iterator[tuple[str, str, str]]:
        folder, _, base = name.rpartition("/")
        root = self.xml(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
        for node in root if root is not None else ():
            if node.get("TargetMode", "Internal") != "Internal":
                continue
            target = node.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield node.get("Id", ""), node.get("Type", "").rsplit("/", 1)[-1], path


def parse_xml(data: bytes, name: str) -> Node:
    """The root of an XML text. Raises OfficeError where it is damaged or has a document type declaration."""
    refuse_declaration(data, name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise OfficeError(
            say("The part {name} of the file is damaged ({why}); get it again from its source.", name=name, why=error)
        ) from error


def refuse_declaration(data: bytes, name: str) -> None:
    """Raise OfficeError for XML that declares a document type, in whatever encoding."""
    head = data.replace(b"\x00", b"") if any(mark in data[:4] for mark in _WIDE_MARKS) else data
    if _DOCTYPE.search(head):
        raise OfficeError(
            say("The part {name} of the file declares entities, as no office file does; it was not read.", name=name)
        )


def local(node: Node) -> str:
    """The name of an element without its namespace: transitional and strict files, and extensions, are read alike."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(node: Node | None, *path: str) -> Node | None:
    """The first child of a name, its first child of the next name, and so on; None where one is missing."""
    for name in path:
        if node is None:
            return None
        node = next((each for each in node if local(each) == name), None)
    return node


def children(node: Node | None, name: str) -> Iterator[Node]:
    """The children of a name, in order."""
    return (each for each in (node if node is not None else ()) if local(each) == name)


def below(node: Node | None, name: str) -> Iterator[Node]:
    """The elements of a name at any depth, in order."""
    return (each for each in (node.iter() if node is not None else ()) if local(each) == name)


def finite(number: str) -> float | None:
    """A number as a file writes it; None where it writes none, or one that is no length.

    >>> finite("13.5"), finite("nan"), finite("1e999"), finite("")
    (13.5, None, None, None)
    """
    try:
        value = float(number)
    except ValueError:
        return None
    return value if isfinite(value) else None


def attribute(node: Node | None, name: str) -> str | None:
    """The value of an attribute, in whatever namespace."""
    if node is None:
        return None
    value = node.get(name)
    if value is not None:
        return str(value)
    return next((str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name), None)


def is_on(node: Node | None, name: str = "val") -> bool:
    """Whether a switch is set: an element means yes unless its value says no (ECMA-376 part 1, §22.9.2.7)."""
    return node is not None and attribute(node, name) not in ("0", "false", "off", "none")


def is_set(node: Node, name: str) -> bool:
    """Whether an attribute is there and says yes."""
    return attribute(node, name) in ("1", "true", "on")
