"""Document → records. Opens no file; knows labels, never positions. Only `municipalities/` names a city.

What is exported here is the door: other rooms use nothing else of this one. A name is loaded when it is asked for: the
process that leads a run reads no document, and does without the readers, half of the time that this room takes to load.
"""

from schemas.door import door

HOMES = {
    "as_printed": (
        "counts_of_print",
        "grade_of_print",
        "is_mark_of",
        "is_print_of",
    ),
    "derived.derive": ("derive",),
    "derived.findings": (
        "check_findings",
        "findings_again",
        "numbered_findings",
        "record_pages",
    ),
    "derived.indicator_facts": ("facts_again",),
    "derived.results": ("results",),
    "derived.series.editions": (
        "Edition",
        "Print",
    ),
    "derived.series.given": (
        "GivenMatch",
        "MatchedTable",
        "given_again",
        "given_match",
        "thing_key",
    ),
    "derived.series.series": (
        "Across",
        "Family",
        "family_of",
        "series_of",
    ),
    "derived.terms": ("terms",),
    "grades.schemes": (
        "recompute_grade",
        "scheme_rows",
    ),
    "language.tokens": (
        "dictionary_version",
        "tokenize",
    ),
    "layout": (
        "Layout",
        "Likeness",
        "recognise",
    ),
    "municipalities": ("LAYOUTS",),
    "profiles.learning": (
        "FEWEST_SHEETS",
        "Form",
        "LearntLabel",
        "forms_of",
        "learn",
    ),
    "profiles.profile": (
        "Profile",
        "meanings",
    ),
    "profiles.profile_toml": (
        "ProfileError",
        "learnt_to_toml",
        "toml_to_profile",
        "with_meanings",
    ),
    "profiles.sheets": (
        "Sheet",
        "sheets_of",
    ),
    "proposing": (
        "Proposal",
        "proposals",
    ),
    "reading": ("read_records",),
    "text.calendar": ("fiscal_year",),
    "text.form_key": ("form_key",),
    "text.quantities": (
        "Quantity",
        "quantity",
        "unit_and_factor",
    ),
    "text.text_cache": ("forget",),
}
"""The modules of this room, and the names that each gives; `__init__.pyi` says the same to whoever checks types."""

__all__ = sorted(name for names in HOMES.values() for name in names)
__getattr__ = door(__name__, HOMES)
