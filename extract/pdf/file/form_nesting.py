"""How often the forms of a PDF may be painted: pieces of content that pages, and other forms, paint by their names.

A form that paints another twice, which paints a third twice, is a bomb of a few bytes: PDFium paints all of it. And a
form that does not say what a name stands for means the page's, which may be the form around it (ISO 32000-2, 7.8.3,
calls that obsolete; PDFium knows it).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

FORM = re.compile(rb"/Subtype\s*/Form\b")
"""Stands in the dictionary of a stream that is a form."""

_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s+\d{1,10}\s+obj\b")
_NAMED = re.compile(rb"/([^\s/<>\[\]()%]+)\s+(\d{1,10})\s+\d{1,10}\s+R\b")
_PAINTED = re.compile(rb"/([^\s/<>\[\]()%]+)\s+Do\b")

_DEPTH = 40
"""PDFium follows forms so deep (`kMaxFormLevel`)."""

_KIDS = re.compile(rb"/(?:Kids|Functions)\s*\[([^\[\]]*)\]")
_REFERENCE = re.compile(rb"(\d{1,10})\s+\d{1,10}\s+R\b")

_DEPTH_OF_TREES = 64
"""Nodes below each other in a tree; of real ones, with thousands of leaves, there are five or six."""

_MOST_WALKED = 100_000
"""Nodes within one, each time that it is come to. Real trees come to each once."""

MOST_PAINTED = 10_000
"""So many forms within one are a bomb; real ones hold some dozens."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form: the number of its object, how often it paints what is called by which name, and what it says itself that
    a name stands for."""

    number: int
    painted: Mapping[bytes, int]
    own: Mapping[bytes, int]


def to_form(head: bytes, content: bytes) -> Form:
    """The form that a stream is, by the text before it, with its number and dictionary, and what it says.

    Raises ValueError where it has no number.

    >>> to_form(b"7 0 obj <</Subtype/Form/Resources<</XObject<</X 9 0 R>>>>>>", b"/X Do q /X Do Q")
    Form(number=7, painted={b'X': 2}, own={b'X': 9})
    """
    number = _OBJECT.search(head)
    if number is None:
        raise ValueError("a form is no object")
    return Form(int(number[1]), dict(Counter(_PAINTED.findall(content))), dict(_named(head)))


def is_bomb(forms: Sequence[Form], objects: Iterable[bytes]) -> bool:
    """Whether some form may come to paint more than `MOST_PAINTED` others; `objects` say what names stand for.

    Where a form does not say so itself, a name may stand for whatever it does anywhere in the file.

    >>> twice = [Form(number, {b"X": 2}, {b"X": number + 1}) for number in range(14)]
    >>> is_bomb(twice[:13], ()), is_bomb(twice, ())
    (False, True)
    """
    if not any(form.painted for form in forms):
        return False
    numbers = {form.number for form in forms}
    anywhere: dict[bytes, set[int]] = {}
    for text in objects:
        for name, number in _named(text):
            if number in numbers:
                anywhere.setdefault(name, set()).add(number)
    counts = dict.fromkeys(numbers, 1)
    for _ in range(_DEPTH):
        most = {name: max(counts[number] for number in meant) for name, meant in anywhere.items()}
        before, counts = counts, {form.number: 1 + _painted_within(form, counts, most) for form in forms}
        if max(counts.values()) > MOST_PAINTED:
            return True
        if counts == before:
            break
    return False


def is_endless_tree(objects: Iterable[bytes]) -> bool:
    """Whether a tree of form fields, pages or functions is walked without an end, or nearly: two nodes share their
    children, again and again, or a node is its own child's child. `objects` are whole objects, each with its number.

    >>> shared = [b"%d 0 obj <</Kids [%d 0 R %d 0 R]>>" % (number, number + 1, number + 1) for number in range(1, 18)]
    >>> is_endless_tree(shared[:16]), is_endless_tree(shared), is_endless_tree([b"7 0 obj <</Kids [7 0 R]>>"])
    (False, True, True)
    """
    children: dict[int, Counter[int]] = {}
    for text in objects:
        every = _KIDS.findall(text) if b"Kids" in text or b"Functions" in text else ()
        owner = _OBJECT.search(text) if every else None
        if owner is not None:
            for kids in every:  # of several editions of an object, what any says
                found = Counter(int(number) for number in _REFERENCE.findall(kids))
                children[int(owner[1])] = children.get(int(owner[1]), Counter()) | found
    walked = dict.fromkeys(children, 1)
    for _ in range(_DEPTH_OF_TREES):
        before, walked = (
            walked,
            {
                node: 1 + sum(times * walked.get(child, 1) for child, times in kids.items() if child in children)
                for node, kids in children.items()
            },
        )
        if max(walked.values(), default=0) > _MOST_WALKED:
            return True
        if walked == before:
            return False
    return bool(children)


def _painted_within(form: Form, counts: Mapping[int, int], most: Mapping[bytes, int]) -> int:
    """How many forms a form comes to paint, itself too. `most` is the largest count of what each name may stand for."""
    return sum(
        times * (counts.get(form.own[name], 0) if name in form.own else most.get(name, 0))
        for name, times in form.painted.items()
    )


def _named(text: bytes) -> Iterator[tuple[bytes, int]]:
    return ((match[1], int(match[2])) for match in _NAMED.finditer(text))
