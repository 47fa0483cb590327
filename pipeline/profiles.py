"""The profiles of a folder, for `hyoka convert --forms`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from normalize import Profile, ProfileError, toml_to_profile
from pipeline.sources import UsageError

SUFFIX = ".toml"


def read_profiles(folder: Path) -> tuple[Profile, ...]:
    """The profiles of a folder, by name. Raises UsageError for one that cannot be used, or where there is none."""
    if not folder.is_dir():
        raise UsageError(f"“{folder}” is no folder. Give the folder that `hyoka learn --out` wrote.")
    return tuple(_profiles(sorted(folder.glob(f"*{SUFFIX}"))))


def profiles_to_digests(profiles: Sequence[Profile]) -> Iterator[tuple[str, str]]:
    """What goes into the digest of a conversion's inputs: nothing without a profile."""
    if profiles:
        yield "forms", hashlib.sha256(repr(profiles).encode("utf-8", "backslashreplace")).hexdigest()


def _profiles(paths: Iterable[Path]) -> Iterator[Profile]:
    for path in paths:
        try:
            yield toml_to_profile(path.read_text(encoding="utf-8"), path.stem)
        except (ProfileError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: {error}") from error
