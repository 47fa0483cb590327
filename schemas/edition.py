"""When this edition of hyoka was made: the one date in the code. A release sets it anew.

No clock is asked, so that the same document gives the same bytes in every year. What no document tells about its own
time is bounded by the edition instead.
"""

from __future__ import annotations

from typing import Final

EDITION_YEAR: Final = 2026
"""The year that stands in for a document's own, where the document tells none."""

LATEST_REPORT: Final = EDITION_YEAR + 10
"""The latest year that anything can be reported of: ten years of use of this edition."""
