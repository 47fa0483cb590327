"""What the bytes of a PDF tell before a page is read: whether its streams are whole, and how its fonts stand.

Fast libraries read over damage and do not tell. One look over the file's objects finds it, in a fraction of the time
that a page takes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extract.pdf.file.form_nesting import FORM, Form, is_bomb, is_endless_tree, to_form
from schemas.limits import Limits

_STREAM = re.compile(rb"stream\r?\n")
_FLATE_ONLY = re.compile(rb"/Filter\s*(?:\[\s*)?/(?:FlateDecode|Fl)\b\s*(?:\]|/|>>|\r|\n)")
_NOT_TEXT = re.compile(rb"/Subtype\s*/(?:Image|Type1C|CIDFontType0C|OpenType)\b|/Length1\b|/FunctionType\b")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b")
_FONT_NAME = re.compile(rb"/FontName\s*/([^\s/<>\[\]()]+)")
_DESCENT = re.compile(rb"/Descent\s*([-+]?(?:[0-9]{1,9}\.?[0-9]{0,9}|\.[0-9]{1,9}))(?![0-9.])")
_SWITCHED_OFF = re.compile(rb"/OFF\s*\[\s*\d|/BaseState\s*/OFF\b|/Type\s*/OCMD\b|/Event\s*/(?:View|Print|Export)\b")
"""Says that some layer of the file may not be shown (ISO 32000-2, 8.11)."""

_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class FileFacts:
    """`descents` is how far each font reaches below the baseline, in font sizes (negative), by its name without the
    mark of a subset; None where two fonts of one name differ. `trouble` says why the file asks for care, `has_layers`
    that parts of its pages may be switched off."""

    descents: Mapping[str, float | None]
    trouble: str | None = None
    has_layers: bool = False


def file_facts(data: bytes, most: int = Limits().content) -> FileFacts:
    """Look over the objects of a PDF, none of whose streams should unpack to more than `most` bytes.

    >>> file_facts(b"1 0 obj <</Type/FontDescriptor/FontName/ABCDEF+Gothic/Descent -120>> endobj").descents
    {'Gothic': -0.12}
    """
    forms: list[Form] = []
    try:
        objects = list(_objects(data, forms, most))
    except zlib.error as error:
        return FileFacts({}, f"a stream is damaged ({error})")
    except (ValueError, IndexError) as error:
        return FileFacts({}, f"the objects cannot be told apart ({error})")
    if is_bomb(forms, objects):
        return FileFacts({}, "its forms paint each other too often")
    if is_endless_tree(objects):
        return FileFacts({}, "its pages, fields or functions contain each other")
    descents: dict[str, float | None] = {}
    for text in objects:
        name, descent = _FONT_NAME.search(text), _DESCENT.search(text)
        if name and descent:
            plain = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), name[1]).decode("utf-8", "replace")
            plain = plain.partition("+")[2] or plain
            depth = -abs(float(descent[1])) / 1000
            descents[plain] = depth if descents.get(plain, depth) == depth else None
    return FileFacts(descents, has_layers=any(_SWITCHED_OFF.search(text) for text in objects))


def contains_itself(data: bytes, most: int = Limits().content) -> bool:
    """Whether forms, pages or fields of a PDF contain each other so that who follows them may come to no end."""
    forms: list[Form] = []
    try:
        objects = list(_objects(data, forms, most))
    except (zlib.error, ValueError, IndexError):
        return False  # not to be told; who reads it will be careful
    return is_bomb(forms, objects) or is_endless_tree(objects)


def _objects(data: bytes, forms: list[Form], most: int) -> Iterator[bytes]:
    """The objects without their streams, those in object streams too; forms are added to `forms`.

    Raises zlib.error where a stream is damaged, and ValueError where it has more than `most` bytes.
    """
    position = 0
    while match := _STREAM.search(data, position):
        head = data[position : match.start()]
        parts = head.split(b"endobj")
        yield from parts
        end = data.find(b"endstream", match.end())
        if end < 0:
            raise ValueError("a stream does not end")
        content = None
        is_text = not _NOT_TEXT.search(parts[-1])
        if is_text and _FLATE_ONLY.search(parts[-1]):
            inflate = zlib.decompressobj()
            content = inflate.decompress(data[match.end() : end], most + 1)
            if not inflate.eof and len(content) <= most:
                raise ValueError("a stream is cut off")
        if is_text and (end - match.end() if content is None else len(content)) > most:
            raise ValueError("a stream is larger than any page")
        if content is not None and _OBJECT_STREAM.search(parts[-1]):
            yield from _packed(parts[-1], content)
        if FORM.search(parts[-1]):
            forms.append(to_form(parts[-1], data[match.end() : end] if content is None else content))
        position = end + len(b"endstream")
    yield from data[position:].split(b"endobj")


def _packed(head: bytes, content: bytes) -> Iterator[bytes]:
    first = re.search(rb"/First\s+(\d+)", head)
    if first is None:
        raise ValueError("an object stream does not say where its objects begin")
    start = int(first[1])
    numbers = content[:start].split()
    offsets = [start + int(number) for number in numbers[1::2]]
    for number, begin, end in zip(numbers[0::2], offsets, [*offsets[1:], len(content)], strict=True):
        yield b"%d 0 obj " % int(number) + content[begin:end]
