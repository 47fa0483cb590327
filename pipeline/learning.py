"""`hyoka learn`: sheets of a form → its profile; and the profiles of a folder, for `hyoka convert --forms`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from normalize import (
    FEWEST_SHEETS,
    Form,
    LearntLabel,
    Profile,
    Sheet,
    forms_of,
    learn,
    learnt_to_toml,
    sheets_of,
)
from pipeline.document import read_file
from pipeline.options import Options
from pipeline.profiles import SUFFIX, read_profiles
from pipeline.sources import Input, Source, find_inputs


@dataclass(frozen=True, slots=True)
class Learnt:
    """A form that was written: its file, the sheets that it was learnt from, its labels, and what changed in it."""

    path: Path
    sheets: tuple[str, ...]
    labels: tuple[LearntLabel, ...]
    changes: tuple[str, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The labels whose meaning nobody has told yet."""
        return tuple(one.label.text for one in self.labels if one.label.meaning == "?")


@dataclass(frozen=True, slots=True)
class Lesson:
    """What came of learning: the forms that were written, sheets of too few to learn from, and files that are none."""

    forms: tuple[Learnt, ...]
    alone: tuple[str, ...]
    unread: tuple[str, ...]


Watch = Callable[[Sequence[Source]], Iterable[Source]]


def learn_forms(inputs: Sequence[Input], out: Path, watch: Watch = iter) -> Lesson:
    """Learn the forms of sheets and write one profile for each into the folder `out`.

    A form that a profile of the folder describes already is added to that file; what a person wrote there stays.
    Raises UsageError where nothing can be read, or a profile of the folder cannot be.
    """
    known = {profile.name: profile for profile in read_profiles(out)} if out.is_dir() else {}
    sheets: list[Sheet] = []
    unread: list[str] = []
    for source in watch(find_inputs(inputs, out).sources):
        found = _sheets(source)
        sheets += found
        if not found:
            unread.append(source.name)
    forms = forms_of(sheets)
    kept = [form for form in forms if len(form.sheets) >= FEWEST_SHEETS]
    alone = [sheet.name for form in forms if len(form.sheets) < FEWEST_SHEETS for sheet in form.sheets]
    out.mkdir(parents=True, exist_ok=True)
    names = set(known)
    return Lesson(tuple(_written(form, out, known, names) for form in kept), tuple(alone), tuple(unread))


def _sheets(source: Source) -> tuple[Sheet, ...]:
    if source.trouble is not None or source.url is not None:
        return ()
    try:
        document = read_file(source.path.read_bytes(), source.name, Options())
    except OSError:
        return ()
    return sheets_of(document) if document.items else ()


def _written(form: Form, out: Path, known: dict[str, Profile], names: set[str]) -> Learnt:
    labels = learn(form)
    keys = {one.label.key for one in labels}
    same = max(known.values(), key=lambda profile: len(keys & {*profile.by_key}), default=None)
    if same is not None and 2 * len(keys & {*same.by_key}) >= len(same.by_key):
        name = same.name
        del known[name]
    else:
        name = _name(form, names)
    names.add(name)
    path = out / f"{name}{SUFFIX}"
    before = path.read_text(encoding="utf-8") if path.exists() else None
    text, changes = learnt_to_toml(labels, len(form.sheets), before)
    path.write_text(text, encoding="utf-8")
    return Learnt(path, tuple(sheet.name for sheet in form.sheets), labels, changes)


def _name(form: Form, taken: set[str]) -> str:
    """A name for a form: what the names of its files begin with, and a number where another form has it."""
    names = [sheet.name.rpartition("/")[2].rpartition(".")[0] or sheet.name for sheet in form.sheets]
    common = names[0]
    for name in names[1:]:
        while not name.startswith(common):
            common = common[:-1]
    base = common.strip(" -_.0123456789#") or "form"
    number = 1
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
