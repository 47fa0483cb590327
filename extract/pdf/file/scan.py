"""What the bytes of a PDF tell before a page is read: whether its streams are whole, and how its fonts stand.

Fast libraries read over damage and do not tell. One look over the file's objects finds it, in a fraction of the time
that a page takes.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extract.pdf.file.form_nesting import FORM, Form, is_bomb, is_endless_tree, to_form
from extract.pdf.file.said_numbers import Said, are_contested, said_numbers
from schemas.limits import Limits

_STREAM = re.compile(rb"stream\r?\n")
_FLATE_ONLY = re.compile(rb"/Filter\s*(?:\[\s*)?/(?:FlateDecode|Fl)\b\s*(?:\]|/|>>|\r|\n)")
_LETTERED = re.compile(rb"/Filter\s*\[\s*/(?:ASCII85Decode|A85)\s*/(?:FlateDecode|Fl)\s*\]")
_NOT_TEXT = re.compile(rb"/Subtype\s*/(?:Image|Type1C|CIDFontType0C|OpenType)\b|/Length1\b|/FunctionType\b")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b")
_FONT_NAME = re.compile(rb"/FontName\s*/([^\s/<>\[\]()]+)")
_DESCENT = re.compile(rb"/Descent\s*([-+]?(?:[0-9]{1,9}\.?[0-9]{0,9}|\.[0-9]{1,9}))(?![0-9.])")
_SWITCHED_OFF = re.compile(rb"/OFF\s*\[\s*\d|/BaseState\s*/OFF\b|/Type\s*/OCMD\b|/Event\s*/(?:View|Print|Export)\b")
"""Says that some layer of the file may not be shown (ISO 32000-2, 8.11)."""

_PRINTS = re.compile(rb"\bT[Jj]\b")
_MASKED = re.compile(rb"/S\s*/(?:Luminosity|Alpha)\b|/BM\s*\[?\s*/(?!Normal\b|Compatible\b)")
"""Says that something is painted through a mask, or mixed with what lies under it (ISO 32000-2, 11.5.2 and 11.3.5)."""

_GLYPHS_OF_ITS_OWN = re.compile(rb"/Encoding\s*/Identity-[HV]\b")
_TRUE_TYPE = re.compile(rb"/Subtype\s*/CIDFontType2\b")
_JAPANESE = re.compile(rb"/Ordering\s*\(Japan1\)")
_AS_IN_FILE = re.compile(rb"/CIDToGIDMap\s*/Identity\b")
_TO_UNICODE = re.compile(rb"/ToUnicode\s+(\d{1,10})\s+\d")
_DESCENDANT = re.compile(rb"/DescendantFonts\s*\[?\s*(\d{1,10})\s")
_LISTED = re.compile(rb"obj\s*\[\s*(\d{1,10})\s+\d{1,10}\s+R\s*\]")
_SIMPLE = re.compile(rb"/Subtype\s*/(?:Type1|TrueType|MMType1)\b")
_ENCODED = re.compile(rb"/Encoding\s+(\d{1,10})\s+\d{1,10}\s+R\b")
_DIFFERENCES = re.compile(rb"/Differences\s*\[([^\]]*)\]")
_GLYPH = re.compile(rb"/(?!\.notdef|space)([^\s/\[\]]+)")
_NUMBERED = re.compile(rb"(?:[gG]|cid|CID|glyph)\d{1,5}|[cC]\d{2,5}|[gG][0-9A-Fa-f]{2}")
_NUMBER = re.compile(rb"(\d{1,10})\s+\d{1,10}\s+obj\b")
_BASE_FONT = re.compile(rb"/BaseFont\s*/([^\s/<>\[\]()]+)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is told before a page is read.

    `descents` is how far each font reaches below the baseline, in font sizes (negative), by its name without the mark
    of a subset; None where two fonts of one name differ. `trouble` says why the file asks for care, `has_layers` that
    parts of its pages may be switched off, `has_masks` that some are painted through a mask or mixed with their ground.
    `silent` are the names of fonts whose codes are glyphs of their own and that do not say which characters these are;
    `misnumbered` are those of fonts that say their numbers were those of the Japanese collection, though each is the
    number of a glyph in the file of the font; `nameless` those of fonts that call their glyphs by names that say
    nothing, and have no map. `is_contested` tells that some print may be said to stand for another number than it is.
    `maps` are the maps to Unicode of fonts whose codes are the numbers of their glyphs, by the fonts' whole names.
    `has_text_patterns` tells that areas may be filled with a pattern that prints text.
    """

    descents: Mapping[str, float | None]
    trouble: str | None = None
    has_layers: bool = False
    silent: frozenset[str] = frozenset()
    misnumbered: frozenset[str] = frozenset()
    is_contested: bool = False
    has_masks: bool = False
    nameless: frozenset[str] = frozenset()
    maps: Mapping[str, bytes] = field(default_factory=dict)
    has_text_patterns: bool = False


def file_facts(data: bytes, most: int = Limits().content) -> FileFacts:
    """Look over the objects of a PDF, none of whose streams should unpack to more than `most` bytes.

    >>> file_facts(b"1 0 obj <</Type/FontDescriptor/FontName/ABCDEF+Gothic/Descent -120>> endobj").descents
    {'Gothic': -0.12}
    """
    forms: list[Form] = []
    maps = _Maps()
    try:
        objects = list(_objects(data, forms, maps, most))
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
        if b"/Descent" not in text:
            continue
        name, descent = _FONT_NAME.search(text), _DESCENT.search(text)
        if name and descent:
            plain = _plain_name(name[1])
            depth = -abs(float(descent[1])) / 1000
            descents[plain] = depth if descents.get(plain, depth) == depth else None
    has_layers = any(_SWITCHED_OFF.search(text) for text in objects)
    empty = {number for number, text in maps.maps.items() if b"beginbf" not in text}
    contested = are_contested(maps.said, objects, maps.maps)
    has_masks = any(_MASKED.search(text) for text in objects)
    silent = frozenset(_silent_fonts(objects))
    nameless = frozenset(_nameless(objects))
    return FileFacts(
        descents,
        None,
        has_layers,
        silent,
        _misnumbered(objects, empty),
        contested,
        has_masks,
        nameless,
        dict(_maps_of_glyphs(objects, maps.maps)),
        maps.has_text_patterns,
    )


def objects_of(data: bytes, most: int = Limits().content) -> list[bytes]:
    """The objects of a PDF without their streams, those in object streams too; none of one that is damaged."""
    try:
        return list(_objects(data, [], _Maps(), most))
    except (zlib.error, ValueError, IndexError):
        return []


def contains_itself(data: bytes, most: int = Limits().content) -> bool:
    """Whether forms, pages or fields of a PDF contain each other so that who follows them may come to no end."""
    forms: list[Form] = []
    try:
        objects = list(_objects(data, forms, _Maps(), most))
    except (zlib.error, ValueError, IndexError):
        return False  # not to be told; who reads it will be careful
    return is_bomb(forms, objects) or is_endless_tree(objects)


def _misnumbered(objects: Iterable[bytes], empty_maps: Collection[int]) -> frozenset[str]:
    """Fonts of TrueType outlines numbered as in their files, with the Japanese collection's name and no map."""
    claimed, mapped = set[str](), set[str]()
    for text in objects:
        if b"/BaseFont" in text and (name := _BASE_FONT.search(text)):
            if _TRUE_TYPE.search(text) and _JAPANESE.search(text) and _AS_IN_FILE.search(text):
                claimed.add(_plain_name(name[1]))
            found = _TO_UNICODE.search(text)
            if found and int(found[1]) not in empty_maps:
                mapped.add(_plain_name(name[1]))
    return frozenset(claimed - mapped)


def _maps_of_glyphs(objects: Sequence[bytes], maps: Mapping[int, bytes]) -> Iterator[tuple[str, bytes]]:
    """The maps of fonts of TrueType outlines whose codes are the numbers of their glyphs, by the names of the fonts."""
    by_number = {int(number[1]): text for text in objects if (number := _NUMBER.search(text))}
    found: dict[bytes, set[int]] = {}
    for text in objects:
        if b"/DescendantFonts" not in text or not _GLYPHS_OF_ITS_OWN.search(text):
            continue
        name, target, below = _BASE_FONT.search(text), _TO_UNICODE.search(text), _DESCENDANT.search(text)
        if name and target and below:
            font = by_number.get(int(below[1]), b"")
            if listed := _LISTED.search(font):
                font = by_number.get(int(listed[1]), b"")
            if _TRUE_TYPE.search(font) and (b"/CIDToGIDMap" not in font or _AS_IN_FILE.search(font)):
                found.setdefault(name[1], set()).add(int(target[1]))
    for name_of, numbers in found.items():
        if len(numbers) == 1 and (cmap := maps.get(min(numbers))):
            yield _unescaped(name_of), cmap


def _nameless(objects: Sequence[bytes]) -> Iterator[str]:
    """Fonts of one byte a character whose encodings call all glyphs by numbers (g17), without a map to Unicode; those
    aside of whose name another font has a map or better names."""
    simple = [text for text in objects if _SIMPLE.search(text) and (b"/Differences" in text or _ENCODED.search(text))]
    if not simple:
        return
    encodings = {
        int(number[1]): text for text in objects if b"/Differences" in text and (number := _NUMBER.search(text))
    }
    found: dict[str, bool] = {}
    for text in simple:
        reference = _ENCODED.search(text)
        encoding = text if reference is None else encodings.get(int(reference[1]), b"")
        differences, fonts = _DIFFERENCES.search(encoding), _BASE_FONT.findall(text)
        if len(fonts) == 1:
            names = _GLYPH.findall(differences[1]) if differences else []
            says_nothing = bool(names) and all(map(_NUMBERED.fullmatch, names)) and b"/ToUnicode" not in text
            plain = _plain_name(fonts[0])
            found[plain] = found.get(plain, True) and says_nothing
    yield from (name for name, says_nothing in found.items() if says_nothing)


@dataclass(slots=True)
class _Maps:
    """What streams say of characters: maps to Unicode by the numbers of their objects, what print is said to be, and
    whether patterns print some."""

    maps: dict[int, bytes] = field(default_factory=dict)
    said: set[Said] = field(default_factory=set)
    has_text_patterns: bool = False


def _silent_fonts(objects: Iterable[bytes]) -> Iterator[str]:
    for text in objects:
        is_own = b"/Identity-" in text and _GLYPHS_OF_ITS_OWN.search(text)
        if is_own and b"/ToUnicode" not in text and (name := _BASE_FONT.search(text)):
            yield _plain_name(name[1])


def _plain_name(name: bytes) -> str:
    """A font's name without the mark of a subset."""
    plain = _unescaped(name)
    return plain.partition("+")[2] or plain


def _unescaped(name: bytes) -> str:
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), name).decode("utf-8", "replace")


def _objects(data: bytes, forms: list[Form], maps: _Maps, most: int) -> Iterator[bytes]:
    """The objects without their streams, those in object streams too; forms are added to `forms`, what
    streams say of characters to `maps`.

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
        is_text = not _NOT_TEXT.search(parts[-1])
        content = _unpacked(parts[-1], data[match.end() : end], most) if is_text else None
        if is_text and (end - match.end() if content is None else len(content)) > most:
            raise ValueError("a stream is larger than any page")
        if content is not None and _OBJECT_STREAM.search(parts[-1]):
            yield from _packed(parts[-1], content)
        text = data[match.end() : end] if content is None else content
        if b"begincmap" in text and (number := _NUMBER.search(parts[-1])):
            maps.maps[int(number[1])] = text
        if b"/PatternType" in parts[-1] and _PRINTS.search(text):
            maps.has_text_patterns = True
        if b"/ActualText" in text:
            maps.said |= {*said_numbers(text)}
        if FORM.search(parts[-1]):
            forms.append(to_form(parts[-1], text))
        position = end + len(b"endstream")
    yield from data[position:].split(b"endobj")


def _unpacked(dictionary: bytes, packed: bytes, most: int) -> bytes | None:
    """What a stream says that is deflated, and perhaps written in letters; None for any other."""
    if _LETTERED.search(dictionary):
        packed = base64.a85decode(packed.strip().removesuffix(b"~>"))
    elif not _FLATE_ONLY.search(dictionary):
        return None
    inflate = zlib.decompressobj()
    content = inflate.decompress(packed, most + 1)
    if not inflate.eof and len(content) <= most:
        raise ValueError("a stream is cut off")
    return content


def _packed(dictionary: bytes, content: bytes) -> Iterator[bytes]:
    first = re.search(rb"/First\s+(\d+)", dictionary)
    if first is None:
        raise ValueError("an object stream does not say where its objects begin")
    start = int(first[1])
    numbers = content[:start].split()
    offsets = [start + int(number) for number in numbers[1::2]]
    for number, begin, end in zip(numbers[0::2], offsets, [*offsets[1:], len(content)], strict=True):
        yield b"%d 0 obj " % int(number) + content[begin:end]
