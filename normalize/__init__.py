"""Document → records. Opens no file; knows labels, never positions. Only `municipalities/` names a city.

What is exported here is the door: other rooms use nothing else of this one.
"""

from normalize.as_printed import (
    counts_of_print,
    factors_of_unit,
    grade_of_print,
    is_mark_of,
    is_print_of,
    numbers_of_print,
)
from normalize.derived.derive import derive
from normalize.derived.findings import check_findings, findings_again, numbered_findings, record_pages
from normalize.derived.results import results
from normalize.derived.series.editions import Edition, Print
from normalize.derived.series.series import Across, Family, family_of, series_of
from normalize.derived.terms import terms
from normalize.grades.schemes import recompute_grade, scheme_rows
from normalize.language.tokens import dictionary_version, tokenize
from normalize.layout import Layout, Likeness, recognise
from normalize.municipalities import LAYOUTS
from normalize.proposals import Proposal, proposals
from normalize.reading import read_records
from normalize.text.text_cache import forget

__all__ = [
    "LAYOUTS",
    "Across",
    "Edition",
    "Family",
    "Layout",
    "Likeness",
    "Print",
    "Proposal",
    "check_findings",
    "counts_of_print",
    "derive",
    "dictionary_version",
    "factors_of_unit",
    "family_of",
    "findings_again",
    "forget",
    "grade_of_print",
    "is_mark_of",
    "is_print_of",
    "numbered_findings",
    "numbers_of_print",
    "proposals",
    "read_records",
    "recognise",
    "recompute_grade",
    "record_pages",
    "results",
    "scheme_rows",
    "series_of",
    "terms",
    "tokenize",
]
