"""What findings say, in both languages.

A message is known by its English, in which ``{name}`` stands for what differs from finding to finding, as in a message
catalogue; `schemas/codes/messages.csv` has the Japanese of each. A part that is itself a message is said in the
language of the whole; what is not known is a dash.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from schemas.declare import Text


def say(message: str, /, **parts: object) -> Text:
    """A message with its parts, in both languages; English in both where the catalogue does not have it.

    Raises KeyError where a part that the message names is not given.

    >>> say("{text} cannot be meant", text="令和29年度").ja
    '令和29年度はありえません'
    >>> say("there is no {level} {code} {place}", level=say("measure"), code="商-7", place="…").en
    'there is no measure 商-7 …'
    """
    japanese = catalogue().get(message, message)
    said = {name: part if isinstance(part, Text) else Text(_shown(part), _shown(part)) for name, part in parts.items()}
    return Text(
        ja=japanese.format_map({name: part.ja for name, part in said.items()}),
        en=message.format_map({name: part.en for name, part in said.items()}),
    )


def _shown(part: object) -> str:
    return "—" if part is None else str(part)


def phrase(text: str) -> Text:
    """A text in both languages where the catalogue has it as it is, else the text itself: what was expected or met.

    >>> phrase("no table").ja, phrase("令和7年度").ja
    ('表なし', '令和7年度')
    """
    return Text(catalogue().get(text, text), text)


@cache
def catalogue() -> Mapping[str, str]:
    """The Japanese of each message, by its English, with the same places in both."""
    text = files("schemas.codes").joinpath("messages.csv").read_text(encoding="utf-8")
    return {row["en"]: row["ja"] for row in csv.DictReader(text.splitlines())}
