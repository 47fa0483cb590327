"""Goal clauses: the text of a goal cut by ``goal_grammar.lark`` into clauses, each with its words and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lark import Lark, Token, Tree

from normalize.goals.goal_lexer import TargetLexer


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the item: its span and its words and goals, in their order."""

    start: int
    end: int
    parts: tuple[Tree[Token] | Token, ...]

    def trees(self, *names: str) -> list[Tree[Token]]:
        return [part for part in self.parts if isinstance(part, Tree) and part.data in names]

    def words(self, kind: str) -> list[str]:
        return [str(part) for part in self.parts if isinstance(part, Token) and part.type == kind]


def clauses_of(text: str) -> list[Clause]:
    """The clauses of a goal, in their order. Raises lark's UnexpectedInput for words in an order that is not known.

    >>> [(clause.start, clause.end) for clause in clauses_of("動画を10本作成し、配信する")]
    [(0, 9), (10, 14)]
    """
    tree = _parser().parse(text)
    clauses, start = [], 0
    end = len(text)
    for position, child in enumerate(tree.children):
        if isinstance(child, Token):
            start = child.end_pos or 0
            continue
        following = tree.children[position + 1 :]
        stop = next((later.start_pos or 0 for later in following if isinstance(later, Token)), end)
        clauses.append(Clause(start, stop, tuple(child.children)))
    return clauses


def tokens_of(part: Tree[Token] | Token) -> list[Token]:
    """The words of a part of a clause."""
    return [part] if isinstance(part, Token) else list(part.scan_values(lambda value: isinstance(value, Token)))


def span_of(part: Tree[Token] | Token) -> tuple[int, int]:
    """Where a part of a clause stands in the text."""
    tokens = tokens_of(part)
    return tokens[0].start_pos or 0, tokens[-1].end_pos or 0


@cache
def _parser() -> Lark:
    grammar = files(__package__ or "normalize").joinpath("goal_grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=TargetLexer)
