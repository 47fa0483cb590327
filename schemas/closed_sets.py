"""The closed sets of values that the contract knows, each stated once. A column's categories derive from its type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

DocumentStatus = Literal["converted", "partial", "unrecognised", "unreadable"]
Level = Literal["policy", "measure", "program", "action"]
OrgRole = Literal["responsible", "participating"]
LinkKind = Literal["related", "reprint", "goal"]
IndicatorMeasure = Literal["count", "percentage", "currency", "weight", "qualitative"]
IndicatorKind = Literal["activity", "outcome", "input"]
CostKind = Literal[
    "total", "project", "personnel", "national", "prefectural", "bond", "other", "general", "per_unit"
]  # fmt: skip
Better = Literal["up", "down"]
ObservationRole = Literal["baseline", "target", "actual", "forecast", "difference"]
Comparator = Literal["=", ">=", "<=", ">", "<", "~"]
Frequency = Literal[
    "per_year", "per_half_year", "per_quarter", "per_month", "per_week", "per_day", "per_event"
]  # fmt: skip
Evaluator = Literal["self", "internal", "external", "council"]
SchemeKind = Literal["rating", "direction"]
Section = Literal[
    "planned", "done", "target", "aim", "finding", "good_point", "issue", "state", "next_year", "council_report",
    "council_opinion", "description", "schedule", "survey", "background",
]  # fmt: skip
BlockKind = Literal["cell", "line"]
BlockRole = Literal["value", "label", "furniture", "unclaimed"]
ReviewMethod = Literal["accepted", "corrected"]
Origin = Literal["printed", "given"]
Reading = Literal["layout", "profile", "general", "ocr", "corrected"]
Confirmation = Literal["sum", "ratio", "legend", "readers"]
MatchedTable = Literal["measures", "indicators"]
MatchMethod = Literal["code", "name", "renamed", "given"]
Severity = Literal["error", "warning", "note"]
Rule = Literal[
    "grade-differs", "score-differs", "counts-differ", "numbering-gap", "impossible-year", "date-outside-year",
    "reprint-unresolved", "reprint-differs", "unit-differs", "label-missing", "grade-unknown", "target-unparsed",
    "unclaimed-text", "readers-disagree", "no-text-layer", "unreadable", "layout-unknown", "correction-stale",
    "ambiguous", "sum-differs", "ratio-differs", "hidden-text", "struck-text", "revised", "given-differs",
    "ocr-uncertain", "profile-stale", "part-year", "preliminary", "cell-unread",
]  # fmt: skip

# What a data file or a table says, as a member of its set: a spelling that is not one of them is a KeyError.
SECTIONS: Mapping[str, Section] = {name: name for name in get_args(Section)}
LEVELS: Mapping[str, Level] = {name: name for name in get_args(Level)}
EVALUATORS: Mapping[str, Evaluator] = {name: name for name in get_args(Evaluator)}
ORG_ROLES: Mapping[str, OrgRole] = {name: name for name in get_args(OrgRole)}
SCHEME_KINDS: Mapping[str, SchemeKind] = {name: name for name in get_args(SchemeKind)}
INDICATOR_MEASURES: Mapping[str, IndicatorMeasure] = {name: name for name in get_args(IndicatorMeasure)}
COST_KINDS: Mapping[str, CostKind] = {name: name for name in get_args(CostKind)}
COMPARATORS: Mapping[str, Comparator] = {name: name for name in get_args(Comparator)}
BETTER: Mapping[str, Better] = {name: name for name in get_args(Better)}
