"""A profile as a TOML file: made to be read and corrected by a person, and kept as that person left it.

What a person wrote stays when a form is learnt again: the meanings, the order, the comments. Examples and the reason
for a meaning stand in comments, so the file itself holds no value of a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from normalize.profiles.learning import LearntLabel
from normalize.profiles.profile import SCHEMA, UNKNOWN, VALUE, Profile, ProfileLabel, meanings
from normalize.text.form_key import form_key
from schemas.codes import municipality_name, municipality_rows

if TYPE_CHECKING:
    import tomlkit

_HEAD = """\
A form that hyoka learnt from its sheets. Each label has a meaning; correct them here, and convert with --forms.
  meaning = "?"      nobody has told it yet: sentences beside it become passages of section background
  meaning = "value"  no label: an answer that stands on all sheets
Every other meaning is kind.field, as name.program, org.responsible, indicator.name, cost.cost, grade.grade,
passage.issue; `hyoka learn --meanings` lists them all.
municipality: a name or a code where the sheets do not print it, else empty.
"""
_LONGEST_EXAMPLE = 24


class ProfileError(ValueError):
    """A profile that cannot be used: the message names its line, what was met there, and what to do."""


def toml_to_profile(text: str, name: str) -> Profile:
    """Read a profile. Raises ProfileError.

    >>> made = toml_to_profile('schema = 1\\n[[label]]\\ntext = "目あて"\\nmeaning = "passage.aim"\\n', "minato-1")
    >>> made.name, made.labels[0].meaning
    ('minato-1', 'passage.aim')
    >>> toml_to_profile('schema = 1\\n[[label]]\\ntext = "目あて"\\nmeaning = "passage.aims"\\n', "minato-1")
    Traceback (most recent call last):
        ...
    normalize.profiles.profile_toml.ProfileError: line 4: no meaning is called passage.aims; passage.aim may be meant
    """
    import tomlkit  # who has no profile does not wait for it
    from tomlkit.exceptions import TOMLKitError

    try:
        data: Mapping[str, object] = tomlkit.parse(text).unwrap()
    except TOMLKitError as error:
        raise ProfileError(f"{error}. Mend that line") from error
    if data.get("schema") != SCHEMA:
        raise ProfileError(
            f"line {_line(text, 'schema')}: expected schema = {SCHEMA}, met {data.get('schema')}. Learn the form again "
            "with this version"
        )
    code = _municipality(text, str(data.get("municipality") or ""))
    listed = data.get("label", [])
    if not isinstance(listed, list):
        raise ProfileError(f"line {_line(text, 'label')}: expected [[label]] tables, met something else. Write each so")
    labels = tuple(_labels(text, listed))
    return Profile(name, labels, code)


def _municipality(text: str, said: str) -> str | None:
    if not said:
        return None
    if municipality_name(said) is not None:
        return said
    named = [row.municipality_code for row in municipality_rows() if row.municipality_name == said]
    if len(named) == 1:
        return named[0]
    raise ProfileError(
        f"line {_line(text, 'municipality')}: no municipality is called {said}, or more than one is. Give its "
        "six-digit code, or its whole name"
    )


def _labels(text: str, listed: Iterable[object]) -> Iterator[ProfileLabel]:
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if line.strip() == "[[label]]"]
    seen: dict[str, int] = {}
    for at, entry in zip(lines, listed, strict=False):
        if not isinstance(entry, dict) or not isinstance(entry.get("text"), str) or not entry["text"].strip():
            raise ProfileError(f"line {at}: a label has no text. Give what is printed, or take the label out")
        meaning = entry.get("meaning", UNKNOWN)
        if meaning not in {UNKNOWN, VALUE} and meaning not in meanings():
            near = get_close_matches(str(meaning), [*meanings(), UNKNOWN, VALUE], 1)
            hint = f"; {near[0]} may be meant" if near else ". `hyoka learn --meanings` lists them"
            raise ProfileError(f"line {_line(text, 'meaning', at)}: no meaning is called {meaning}{hint}")
        support = entry.get("support", 1.0)
        if not isinstance(support, int | float) or not 0 < support <= 1:
            raise ProfileError(
                f"line {_line(text, 'support', at)}: support is a share above 0 and up to 1, met {support}. Correct it"
            )
        key = form_key(entry["text"])
        if key in seen:
            raise ProfileError(f"line {at}: {entry['text']!r} is listed in line {seen[key]} too. Take one of them out")
        seen[key] = at
        yield ProfileLabel(entry["text"], str(meaning), float(support), bool(entry.get("prose", False)))


def _line(text: str, key: str, after: int = 0) -> int:
    for number, line in enumerate(text.splitlines(), start=1):
        if number > after and line.split("=")[0].strip() == key:
            return number
    return after or 1


def with_meanings(text: str, told: Mapping[str, str]) -> str:
    """A profile with other meanings for some of its labels, by their text; all else stays. Raises ProfileError.

    >>> with_meanings('schema = 1\\n[[label]]\\ntext = "目あて"\\nmeaning = "?" # ask\\n', {"目あて": "passage.aim"})
    'schema = 1\\n[[label]]\\ntext = "目あて"\\nmeaning = "passage.aim" # ask\\n'
    """
    import tomlkit

    toml_to_profile(text, "")
    document = tomlkit.parse(text)
    entries = {form_key(str(entry["text"])): entry for entry in document.get("label", ())}
    for label, meaning in told.items():
        if form_key(label) not in entries:
            raise ProfileError(f"the profile has no label {label}; load the page again")
        entry = entries[form_key(label)]
        comment = entry["meaning"].trivia.comment if "meaning" in entry else ""
        entry["meaning"] = meaning
        if comment:
            entry["meaning"].comment(comment.lstrip("# "))
    changed = tomlkit.dumps(document)
    toml_to_profile(changed, "")
    return changed


def learnt_to_toml(
    learnt: Sequence[LearntLabel], sheets: int, before: str | None = None
) -> tuple[str, tuple[str, ...]]:
    """A profile as text, and what is new or otherwise than in the file `before`, of which every edit is kept."""
    import tomlkit

    document = tomlkit.document() if before is None else tomlkit.parse(before)
    if before is None:
        for line in _HEAD.splitlines():
            document.add(tomlkit.comment(line))
        document.add(tomlkit.nl())
        document["schema"] = SCHEMA
        document["municipality"] = ""
    document["sheets"] = sheets
    entries = document.setdefault("label", tomlkit.aot())
    known = {form_key(str(entry["text"])): entry for entry in entries}
    changes: list[str] = []
    for one in learnt:
        entry = known.get(one.label.key)
        if entry is None:
            entries.append(_entry(one))
            changes += [f"new: {one.label.text}"] if before is not None else []
            continue
        entry["support"] = round(one.label.support, 3)
        if entry["meaning"] == UNKNOWN != one.label.meaning:
            entry["meaning"] = one.label.meaning
            changes.append(f"told now: {one.label.text} is {one.label.meaning}")
        elif entry["meaning"] != one.label.meaning and one.label.meaning != UNKNOWN:
            changes.append(f"kept: {one.label.text} is {entry['meaning']}, would be {one.label.meaning}")
    now = {one.label.key for one in learnt}
    changes += [f"not printed: {entry['text']}" for key, entry in known.items() if key not in now]
    return tomlkit.dumps(document), tuple(changes)


def _entry(one: LearntLabel) -> tomlkit.items.Table:
    import tomlkit

    entry = tomlkit.table()
    entry.add("text", one.label.text)
    entry.add("meaning", one.label.meaning)
    entry.add("support", round(one.label.support, 3))
    if one.label.holds_prose:
        entry.add("prose", True)
    shown = "; ".join(_short(example) for example in one.examples)
    entry.add(tomlkit.comment(f"on {one.sheets} sheets; {one.why}" + (f"; beside it: {shown}" if shown else "")))
    return entry


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_EXAMPLE else f"{line[:_LONGEST_EXAMPLE]}…"
