"""What the page of a form sends: other meanings for its labels. What all its sheets then give is shown before they are
written into the profile.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path

from normalize import ProfileError, read_records, toml_to_profile, with_meanings
from pipeline.document import read_file
from pipeline.options import Options
from pipeline.profiles import SUFFIX, read_profiles
from pipeline.review.answer import Answer, as_json, encoded
from pipeline.review.deciding import saved_for
from pipeline.review.desk import Desk
from pipeline.review.fields import category_text
from pipeline.review.writing import only_writer
from schemas.declare import Text, declaration_of
from schemas.document import Document
from schemas.messages import say
from schemas.records import (
    Finding,
    Grade,
    Indicator,
    Measure,
    MeasureOrg,
    Observation,
    Passage,
    Record,
)
from schemas.rows import Tables, rows_of

MOST_SHEETS = 100
"""So many sheets are read anew for each change: some seconds, and as many megabytes."""

_LONGEST_TOLD = 40
_MOST_TOLD = 20
"""Records of which it is told that they come or go."""

_WEIGHED: tuple[type[Record], ...] = (Measure, MeasureOrg, Indicator, Observation, Grade, Passage)
"""The tables whose records a label's meaning gives."""


def weigh(desk: Desk, body: bytes) -> Answer:
    """What all sheets of a form give with the meanings that a page sends, beside what they give now."""
    try:
        path, changed = _asked(desk, body)
        own = toml_to_profile(with_meanings(path.read_text(encoding="utf-8"), changed), path.stem)
        kept = [profile for profile in read_profiles(path.parent) if profile.name != own.name]
    except (ProfileError, _UnaskedError) as error:
        return as_json(HTTPStatus.BAD_REQUEST, Text(str(error), str(error)))
    before = toml_to_profile(path.read_text(encoding="utf-8"), path.stem)
    said: list[Counter[tuple[str, str]]] = [Counter(), Counter()]
    unread = [0, 0]
    sheets = 0
    with desk.learning:
        for name, document in _sheets(desk, own.name):
            sheets += 1
            for at, profile in enumerate((before, own)):
                tables = read_records(document, layouts=(), profiles=(*kept, profile))
                said[at].update((table, f"{name}: {text}") for table, text in _told(tables))
                unread[at] += sum(finding.rule == "unclaimed-text" for finding in rows_of(tables, Finding))
    return _as_effect(sheets, said, unread)


def _as_effect(sheets: int, said: Sequence[Counter[tuple[str, str]]], unread: Sequence[int]) -> Answer:
    before, after = said
    counts = []
    for kind in _WEIGHED:
        declaration = declaration_of(kind)
        was, now = (sum(count for (table, _), count in each.items() if table == declaration.name) for each in said)
        counts.append({"ja": declaration.title.ja, "en": declaration.title.en, "before": was, "after": now})
    comes, goes = list((after - before).elements()), list((before - after).elements())
    data = {
        "sheets": sheets,
        "counts": counts,
        "unread": list(unread),
        "comes": [text for _, text in comes[:_MOST_TOLD]],
        "goes": [text for _, text in goes[:_MOST_TOLD]],
        "more": max(len(comes) - _MOST_TOLD, 0) + max(len(goes) - _MOST_TOLD, 0),
    }
    return Answer(HTTPStatus.OK, "application/json", encoded(json.dumps(data, ensure_ascii=False)))


def _told(tables: Tables) -> Iterator[tuple[str, str]]:
    """The records of a sheet as a person would tell them, without ids: those may change with what stands before."""
    indicators = {row.indicator_id: row.indicator_name or row.indicator_text for row in rows_of(tables, Indicator)}
    for measure in rows_of(tables, Measure):
        yield "measures", f"{measure.measure_code or ''} {measure.measure_name or '–'}".strip()
    for body in rows_of(tables, MeasureOrg):
        yield "measure_orgs", body.org_name
    for name in indicators.values():
        yield "indicators", name
    for seen in rows_of(tables, Observation):
        role = category_text("observations", "role", seen.role).ja
        yield (
            "observations",
            f"{indicators.get(seen.indicator_id, '')} {seen.fiscal_year or '–'} {role} {seen.value_text}",
        )
    for grade in rows_of(tables, Grade):
        yield "grades", f"{grade.subject or ''} {grade.grade_text or '–'}".strip()
    for passage in rows_of(tables, Passage):
        section = category_text("passages", "section", passage.section).ja
        yield "passages", f"{section}: {passage.text[:_LONGEST_TOLD]}"


def _sheets(desk: Desk, name: str) -> Iterator[tuple[str, Document]]:
    """The sheets of a form as extraction reads them; each file is read once, and kept while the server runs."""
    snapshot = desk.snapshot()
    own = [view.row for view in snapshot.documents.values() if view.row.layout == name]
    for row in [row for row in own if row.document_id in snapshot.sources][:MOST_SHEETS]:
        if row.document_id not in desk.read:
            desk.read[row.document_id] = read_file(
                snapshot.sources[row.document_id].read_bytes(), row.source_name, Options()
            )
        yield row.source_name, desk.read[row.document_id]


def save_form(desk: Desk, body: bytes) -> Answer:
    """Write the meanings that a page sends into the profile; everything else in it stays as it was."""
    try:
        path, changed = _asked(desk, body)
        with desk.writing, only_writer(path.parent):
            text = with_meanings(path.read_text(encoding="utf-8"), changed)
            new = path.with_name(f"{path.name}.new")
            new.write_text(text, encoding="utf-8")
            new.replace(path)
    except (ProfileError, _UnaskedError) as error:
        return as_json(HTTPStatus.BAD_REQUEST, Text(str(error), str(error)))
    except OSError as error:
        return as_json(HTTPStatus.INTERNAL_SERVER_ERROR, say("nothing was written: {why}", why=error.strerror))
    return as_json(HTTPStatus.OK, saved_for("--forms", path))


class _UnaskedError(ValueError):
    """What a page cannot have sent. The message says what was met."""


def _asked(desk: Desk, body: bytes) -> tuple[Path, Mapping[str, str]]:
    """The profile that a page names, and its labels with new meanings. Raises _UnaskedError."""
    try:
        said = json.loads(body)
        form, changed = said["form"], said["meanings"]
        known = {path.stem: path for path in desk.forms.glob(f"*{SUFFIX}")} if desk.forms else {}
        if not isinstance(changed, dict) or not all(isinstance(text, str) for pair in changed.items() for text in pair):
            raise TypeError
        return known[form], changed
    except (ValueError, RecursionError, TypeError, KeyError) as error:
        raise _UnaskedError("expected a form of the folder, and texts for its labels; load the page again") from error
