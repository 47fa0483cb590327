"""What the door of this room gives, for whoever checks types; `__init__.py` says from where it comes when asked."""

from normalize.as_printed import (
    counts_of_print as counts_of_print,
)
from normalize.as_printed import (
    grade_of_print as grade_of_print,
)
from normalize.as_printed import (
    is_mark_of as is_mark_of,
)
from normalize.as_printed import (
    is_print_of as is_print_of,
)
from normalize.derived.derive import (
    derive as derive,
)
from normalize.derived.findings import (
    check_findings as check_findings,
)
from normalize.derived.findings import (
    findings_again as findings_again,
)
from normalize.derived.findings import (
    numbered_findings as numbered_findings,
)
from normalize.derived.findings import (
    record_pages as record_pages,
)
from normalize.derived.indicator_facts import (
    facts_again as facts_again,
)
from normalize.derived.results import (
    results as results,
)
from normalize.derived.series.editions import (
    Edition as Edition,
)
from normalize.derived.series.editions import (
    Print as Print,
)
from normalize.derived.series.given import (
    GivenMatch as GivenMatch,
)
from normalize.derived.series.given import (
    MatchedTable as MatchedTable,
)
from normalize.derived.series.given import (
    given_again as given_again,
)
from normalize.derived.series.given import (
    given_match as given_match,
)
from normalize.derived.series.given import (
    thing_key as thing_key,
)
from normalize.derived.series.series import (
    Across as Across,
)
from normalize.derived.series.series import (
    Family as Family,
)
from normalize.derived.series.series import (
    family_of as family_of,
)
from normalize.derived.series.series import (
    series_of as series_of,
)
from normalize.derived.terms import (
    terms as terms,
)
from normalize.grades.schemes import (
    recompute_grade as recompute_grade,
)
from normalize.grades.schemes import (
    scheme_rows as scheme_rows,
)
from normalize.language.tokens import (
    dictionary_version as dictionary_version,
)
from normalize.language.tokens import (
    tokenize as tokenize,
)
from normalize.layout import (
    Layout as Layout,
)
from normalize.layout import (
    Likeness as Likeness,
)
from normalize.layout import (
    recognise as recognise,
)
from normalize.municipalities import (
    LAYOUTS as LAYOUTS,
)
from normalize.profiles.learning import (
    FEWEST_SHEETS as FEWEST_SHEETS,
)
from normalize.profiles.learning import (
    Form as Form,
)
from normalize.profiles.learning import (
    LearntLabel as LearntLabel,
)
from normalize.profiles.learning import (
    forms_of as forms_of,
)
from normalize.profiles.learning import (
    learn as learn,
)
from normalize.profiles.profile import (
    Profile as Profile,
)
from normalize.profiles.profile import (
    meanings as meanings,
)
from normalize.profiles.profile_toml import (
    ProfileError as ProfileError,
)
from normalize.profiles.profile_toml import (
    learnt_to_toml as learnt_to_toml,
)
from normalize.profiles.profile_toml import (
    toml_to_profile as toml_to_profile,
)
from normalize.profiles.profile_toml import (
    with_meanings as with_meanings,
)
from normalize.profiles.sheets import (
    Sheet as Sheet,
)
from normalize.profiles.sheets import (
    sheets_of as sheets_of,
)
from normalize.proposing import (
    Proposal as Proposal,
)
from normalize.proposing import (
    proposals as proposals,
)
from normalize.reading import (
    read_records as read_records,
)
from normalize.text.calendar import (
    fiscal_year as fiscal_year,
)
from normalize.text.form_key import (
    form_key as form_key,
)
from normalize.text.quantities import (
    Quantity as Quantity,
)
from normalize.text.quantities import (
    quantity as quantity,
)
from normalize.text.quantities import (
    unit_and_factor as unit_and_factor,
)
from normalize.text.text_cache import (
    forget as forget,
)
