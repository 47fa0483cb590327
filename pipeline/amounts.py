"""An amount as a person writes it in a correction: in the unit of the tables, in which thousands of yen are yen."""

from __future__ import annotations

from decimal import Decimal

from normalize import quantity, unit_and_factor
from pipeline.correction import plain_number
from pipeline.printed import value_to_text


def in_unit_of_tables(text: str, unit: str) -> tuple[str, str]:
    """A number and its unit as the tables have them. What is no amount of the unit stays as it is, to be refused.

    `text` may have a unit of its own; `unit` is the one beside it, or empty.

    >>> in_unit_of_tables("2,979千円", "円"), in_unit_of_tables("2,979", "千円"), in_unit_of_tables("31件", "")
    (('2979000', '円'), ('2979000', '円'), ('31', '件'))
    >>> in_unit_of_tables("2,979", "円"), in_unit_of_tables("20人", "円"), in_unit_of_tables("多数", "件")
    (('2979', '円'), ('20人', '円'), ('多数', '件'))
    """
    base, factor = unit_and_factor(unit)
    if number := plain_number(text):
        return (number if factor == 1 else value_to_text(float(Decimal(number) * factor))), base
    found = quantity(text, money=True)
    if found is None or found.comparator != "=" or found.unit is None or (base and found.unit != base):
        return text, unit
    return value_to_text(float(found.value)), found.unit
