"""How documents are read, as the user said."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract import Ocr, ocr_is_installed
from normalize import Profile
from pipeline.correction import Correction
from schemas.limits import Limits


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are read. `second_opinion` reads each ruled table with camelot as well and compares; `ocr` says
    which pages are read from their pictures.

    Without `layouts`, none of the forms in code is used; `profiles` are the forms that were learnt.

    `corrections` are applied last, each to its document. What goes beyond a limit becomes a finding; those of time and
    memory hold where documents are converted in workers.
    """

    second_opinion: bool = False
    layouts: bool = True
    profiles: tuple[Profile, ...] = ()
    corrections: tuple[Correction, ...] = ()
    limits: Limits = field(default_factory=Limits)
    ocr: Ocr = "never"


def usual_ocr() -> Ocr:
    """Which pages are read from their pictures unless it was said: those that need it, where that is installed."""
    return "auto" if ocr_is_installed() else "never"
