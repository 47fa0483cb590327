"""What the server sends back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from schemas.declare import Text


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back: as a whole, or piece by piece as it is made."""

    status: HTTPStatus
    content_type: str
    body: bytes | Iterator[bytes]


def encoded(text: str) -> bytes:
    """A page as bytes; half a character, which a name may hold, is a question mark."""
    return text.encode("utf-8", "replace")


def as_text(status: HTTPStatus, text: str) -> Answer:
    """A line for a person."""
    return Answer(status, "text/plain; charset=utf-8", encoded(text))


def as_json(status: HTTPStatus, message: Text) -> Answer:
    """A line for the script of a page, which shows it in the page's language."""
    return Answer(status, "application/json", json.dumps({"message": {"ja": message.ja, "en": message.en}}).encode())
