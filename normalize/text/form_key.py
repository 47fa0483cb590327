"""What a text of a form is known by from sheet to sheet, and from one year's edition to the next."""

from __future__ import annotations

import re

from normalize.text.calendar import without_year
from normalize.text.folding import squeeze
from normalize.text.text_cache import remembered

_DIGITS = re.compile(r"\d+")


@remembered()
def form_key(text: str) -> str:
    """A text without white space, width, years and the value of its numbers.

    >>> form_key("令和６年度事業費（千円）") == form_key("令和7年度 事業費(千円)"), form_key("第2次計画")
    (True, '第#次計画')
    """
    return _DIGITS.sub("#", squeeze(without_year(text)))
