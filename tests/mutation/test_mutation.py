"""The run of changes tells a change that matters from one that does not."""

from tests.mutation.mutants import Mutant, mutants
from tests.mutation.run import ROOT, Change, is_noticed, near_tests

_PATH = ROOT / "normalize/text/form_key.py"


def test_a_change_that_matters_is_noticed_and_another_text_of_the_same_is_not() -> None:
    source = _PATH.read_text(encoding="utf-8")
    tests = near_tests(_PATH)[:1]
    assert not is_noticed(Change(_PATH, Mutant(1, "a comment", source + "# nothing\n")), tests)
    assert is_noticed(Change(_PATH, Mutant(1, "no module", "raise ValueError\n")), tests)
    assert _PATH.read_text(encoding="utf-8") == source


def test_every_change_is_another_program() -> None:
    source = (
        "def f(a, b):\n    if a and not b.c():\n        return a[0] <= 3 if b else a is None\n    return '年' in a\n"
    )
    made = mutants(source)
    assert [mutant.line for mutant in made] == [2, 2, 3, 3, 3, 3, 3, 4]
    for mutant in made:
        assert mutant.source != source
        compile(mutant.source, "made", "exec")
