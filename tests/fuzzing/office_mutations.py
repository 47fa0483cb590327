"""Ways to break an office file: its package, the parts in it, their XML, and what that says of places and spans."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

from tests.fuzzing.office_bases import packages, texts
from tests.fuzzing.text_mutations import break_text

Parts = dict[str, bytes]
Mutation = Callable[[Parts, Random], None]

_NUMBER = re.compile(rb"(?<=[\"'>])-?\d+(?:\.\d+)?(?=[\"'<])")
_REFERENCE = re.compile(rb"(?<=\")[A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?(?=\")")
_TAG = re.compile(rb"<(/?)([\w:]+)[^<>]*?(/?)>")
_NUMBERS = (b"0", b"-1", b"999999999", b"1e309", b"NaN", b"x", b"", b"1048577", b"16385", b"65535", b"0.1", b"9" * 400)
_REFERENCES = (b"XFD1048576", b"A1:XFD1048576", b"A0", b"AAAA1", b"B2:A1", b"A99999999", b"$A$1", b"")
_NAMES = ("../../etc/passwd", "/xl/workbook.xml", "xl\\workbook.xml", "x" * 300, "xl/worksheets/sheet1.xml", "表.xml")


def drop_part(parts: Parts, random: Random) -> None:
    del parts[random.choice([*parts])]


def exchange_parts(parts: Parts, random: Random) -> None:
    one, other = random.choice([*parts]), random.choice([*parts])
    parts[one], parts[other] = parts[other], parts[one]


def rename_part(parts: Parts, random: Random) -> None:
    parts[random.choice(_NAMES)] = parts.pop(random.choice([*parts]))


def cut_part(parts: Parts, random: Random) -> None:
    name = random.choice([*parts])
    parts[name] = parts[name][: random.randrange(len(parts[name]) + 1)]


def change_numbers(parts: Parts, random: Random) -> None:
    name = random.choice([*parts])
    parts[name] = _NUMBER.sub(lambda found: random.choice(_NUMBERS) if random.random() < 0.2 else found[0], parts[name])


def change_references(parts: Parts, random: Random) -> None:
    for name in parts:
        parts[name] = _REFERENCE.sub(
            lambda found: random.choice(_REFERENCES) if random.random() < 0.2 else found[0], parts[name]
        )


def drop_tag(parts: Parts, random: Random) -> None:
    name = random.choice([*parts])
    if tags := [*_TAG.finditer(parts[name])]:
        tag = random.choice(tags)
        parts[name] = parts[name][: tag.start()] + parts[name][tag.end() :]


def repeat_tag(parts: Parts, random: Random) -> None:
    name = random.choice([*parts])
    if tags := [*_TAG.finditer(parts[name])]:
        tag = random.choice(tags)
        parts[name] = parts[name][: tag.end()] + tag[0] * random.choice((1, 3, 400)) + parts[name][tag.end() :]


def repeat_element(parts: Parts, random: Random) -> None:
    name = random.choice([*parts])
    found = [*re.finditer(rb"<(row|c|mergeCell|w:tr|w:tc|w:p|w:r|table:table-row)\b.*?</\1>", parts[name], re.DOTALL)]
    if found:
        element = random.choice(found)
        copies = element[0] * random.choice((1, 5, 300))
        parts[name] = parts[name][: element.end()] + copies + parts[name][element.end() :]


def nest(parts: Parts, random: Random) -> None:
    name = random.choice([*parts])
    if tags := [tag for tag in _TAG.finditer(parts[name]) if not tag[1] and not tag[3]]:
        tag = random.choice(tags)
        depth = random.choice((3, 60, 5_000))
        parts[name] = parts[name][: tag.start()] + tag[0] * depth + parts[name][tag.end() :]


def declare_entities(parts: Parts, random: Random) -> None:
    name = random.choice([*parts])
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    at = parts[name].find(b"?>") + 2 if b"?>" in parts[name] else 0
    parts[name] = parts[name][:at] + bomb + parts[name][at:].replace(b"</", b"&b;&c;</", 3)


def encode_otherwise(parts: Parts, random: Random) -> None:
    name = random.choice([*parts])
    parts[name] = parts[name].decode("utf-8", "replace").encode(random.choice(("utf-16", "cp932", "utf-7")), "replace")


def noise(parts: Parts, random: Random) -> None:
    name = random.choice([*parts])
    at = random.randrange(len(parts[name]) + 1)
    parts[name] = parts[name][:at] + random.randbytes(random.choice((1, 9))) + parts[name][at + 1 :]


MUTATIONS: dict[Mutation, float] = {
    drop_part: 1, exchange_parts: 1, rename_part: 1, cut_part: 1, change_numbers: 4, change_references: 3, drop_tag: 3,
    repeat_tag: 2, repeat_element: 3, nest: 2, declare_entities: 1, encode_otherwise: 1, noise: 2,
}  # fmt: skip


def break_office(random: Random) -> tuple[str, bytes, str, tuple[str, ...]]:
    """A broken office file: its name, its bytes, the group of what it was, and what was done to it."""
    if random.random() < 0.3:
        name, data = random.choice(texts())
        return name, *_in_group(name, break_text(data, random))
    name, data = random.choice(packages())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {member: package.read(member) for member in package.namelist()}
    names = []
    for mutate in random.choices([*MUTATIONS], [*MUTATIONS.values()], k=random.choice((1, 2, 5))):
        if parts:
            mutate(parts, random)
            names.append(mutate.__name__)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for member, content in parts.items():
            package.writestr(member, content)
    broken = bytearray(out.getvalue())
    if random.random() < 0.2:
        for _ in range(random.choice((1, 4, 40))):
            broken[random.randrange(len(broken))] = random.randrange(256)
        names.append("change_bytes")
    return name, *_in_group(name, (bytes(broken), tuple(names)))


def _in_group(name: str, made: tuple[bytes, tuple[str, ...]]) -> tuple[bytes, str, tuple[str, ...]]:
    return made[0], f"office file {name.rpartition('.')[2]}", made[1]
