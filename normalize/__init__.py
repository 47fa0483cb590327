"""Document → records. Opens no file; knows labels, never positions. Only `municipalities/` names a city.

What is exported here is the door: other rooms use nothing else of this one.
"""

from normalize.as_printed import (
    counts_of_print,
    grade_of_print,
    is_mark_of,
    is_print_of,
)
from normalize.derived.derive import derive
from normalize.derived.findings import check_findings, findings_again, numbered_findings, record_pages
from normalize.derived.indicator_facts import facts_again
from normalize.derived.results import results
from normalize.derived.series.editions import Edition, Print
from normalize.derived.series.given import GivenMatch, MatchedTable, given_again, given_match, thing_key
from normalize.derived.series.series import Across, Family, family_of, series_of
from normalize.derived.terms import terms
from normalize.grades.schemes import recompute_grade, scheme_rows
from normalize.language.tokens import dictionary_version, tokenize
from normalize.layout import Layout, Likeness, recognise
from normalize.municipalities import LAYOUTS
from normalize.profiles.learning import FEWEST_SHEETS, Form, LearntLabel, forms_of, learn
from normalize.profiles.profile import Profile, meanings
from normalize.profiles.profile_toml import ProfileError, learnt_to_toml, toml_to_profile, with_meanings
from normalize.profiles.sheets import Sheet, sheets_of
from normalize.proposals import Proposal, proposals
from normalize.reading import read_records
from normalize.text.calendar import fiscal_year
from normalize.text.form_key import form_key
from normalize.text.quantities import Quantity, quantity, unit_and_factor
from normalize.text.text_cache import forget

__all__ = [
    "FEWEST_SHEETS",
    "LAYOUTS",
    "Across",
    "Edition",
    "Family",
    "Form",
    "GivenMatch",
    "Layout",
    "LearntLabel",
    "Likeness",
    "MatchedTable",
    "Print",
    "Profile",
    "ProfileError",
    "Proposal",
    "Quantity",
    "Sheet",
    "check_findings",
    "counts_of_print",
    "derive",
    "dictionary_version",
    "facts_again",
    "family_of",
    "findings_again",
    "fiscal_year",
    "forget",
    "form_key",
    "forms_of",
    "given_again",
    "given_match",
    "grade_of_print",
    "is_mark_of",
    "is_print_of",
    "learn",
    "learnt_to_toml",
    "meanings",
    "numbered_findings",
    "proposals",
    "quantity",
    "read_records",
    "recognise",
    "recompute_grade",
    "record_pages",
    "results",
    "scheme_rows",
    "series_of",
    "sheets_of",
    "terms",
    "thing_key",
    "tokenize",
    "toml_to_profile",
    "unit_and_factor",
    "with_meanings",
]
