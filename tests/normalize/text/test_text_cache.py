from __future__ import annotations

from normalize.text.text_cache import LONGEST, forget, remembered


def test_a_text_is_worked_out_once_and_a_long_one_is_not_held() -> None:
    worked_out = []

    @remembered()
    def length(text: str) -> int:
        worked_out.append(text)
        return len(text)

    short, long = "字" * LONGEST, "字" * (LONGEST + 1)
    assert [length(short), length(short), length(long), length(long)] == [LONGEST, LONGEST, LONGEST + 1, LONGEST + 1]
    assert worked_out == [short, long, long]
    forget()
    assert (length(short), worked_out) == (LONGEST, [short, long, long, short])
