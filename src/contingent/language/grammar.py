"""The grammar, and the parser that turns text into a raw tree.

The grammar knows nothing of names or types: ``eventually(3, ford)`` has a tree. `checking` gives
the tree its meaning. Names may contain hyphens and dots (``east-ford``), so a minus between two
names needs blanks; nothing else in the language does.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from contingent.errors import ClaimError

if TYPE_CHECKING:
    from lark import Lark, Token, Tree, UnexpectedInput

__all__ = ["GRAMMAR", "LONGEST", "tree"]

LONGEST = 10_000
"""Characters a formula may have."""

GRAMMAR = r"""
start: expression

?expression: disjunction
    | disjunction "implies" expression -> implies
?disjunction: conjunction
    | conjunction ("or" conjunction)+ -> disjunction
?conjunction: negation
    | negation ("and" negation)+ -> conjunction
?negation: comparison
    | "not" negation -> negation
?comparison: sum
    | sum COMPARE sum -> comparison
?sum: product
    | sum SIGN product -> arithmetic
?product: signed
    | product SCALE signed -> arithmetic
?signed: atom
    | SIGN signed -> signed
?atom: NUMBER -> number
    | DATE -> date
    | DURATION -> duration
    | "true" -> true
    | "false" -> false
    | NAME "(" [argument ("," argument)*] ")" -> call
    | NAME ("|" NAME)* -> names
    | "(" expression ")"
?argument: NAME "=" expression -> keyword
    | expression

COMPARE: "==" | "!=" | "<=" | ">=" | "<" | ">"
SIGN: "+" | "-"
SCALE: "*" | "/"
DATE.3: /\d{4}-\d{2}-\d{2}(?![\w-])/
DURATION.2: /\d+(\.\d+)?\s*(days?|weeks?|months?|years?)\b/
NUMBER: /\d[\d_]*(\.\d+)?([eE][+-]?\d+)?/
NAME: /[^\W\d]\w*([-.]\w+)*/
%ignore /\s+/
"""

_START_OF_EXPRESSION = {"NUMBER", "DATE", "DURATION", "TRUE", "FALSE", "NAME", "LPAR"}
_CONNECTIVES = {"AND", "OR", "IMPLIES", "COMPARE", "SIGN", "SCALE"}
_SHOWN = {"LPAR": "(", "RPAR": ")", "COMMA": ",", "EQUAL": "=", "VBAR": "|", "$END": "the end"}


@cache
def _parser() -> Lark:
    from lark import Lark

    return Lark(GRAMMAR, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def _expected(names: set[str]) -> str:
    """Return in words what the parser would have taken."""
    words = []
    if names >= _START_OF_EXPRESSION:
        words.append("an expression such as holds(ACTOR, PLACE) or a number")
        names = names - _START_OF_EXPRESSION - {"NOT", "SIGN"}
    if names >= _CONNECTIVES:
        words.append("an operator (and, or, implies, ==, <, +, ...)")
        names = names - _CONNECTIVES
    words += sorted(_SHOWN.get(name, name.lower()) for name in names)
    return "expected " + " or ".join(words)


def _report(error: UnexpectedInput, text: str) -> ClaimError:
    """Turn the parser's complaint into ours."""
    from lark import UnexpectedCharacters, UnexpectedToken

    if isinstance(error, UnexpectedCharacters):
        position = error.pos_in_stream or 0
        remedy = _expected(set(error.allowed or ()))
        found = f"{text[position]!r} does not belong in a formula"
        return ClaimError(found, text=text, position=position, next_step=remedy)
    assert isinstance(error, UnexpectedToken)
    token: Token = error.token
    remedy = _expected(set(error.accepts or error.expected))
    if token.type == "$END":
        return ClaimError(
            "the formula stops too early", text=text, position=len(text), next_step=remedy
        )
    if token.type == "EQUAL":
        remedy += "; == compares, = only gives an option such as by=2020-06-30"
    found = f"{str(token)!r} does not belong here"
    return ClaimError(found, text=text, position=token.start_pos or 0, next_step=remedy)


def tree(text: str) -> Tree[Token]:
    """Parse a formula into a raw tree.

    Parameters
    ----------
    text : str
        At most `LONGEST` characters.

    Returns
    -------
    lark.Tree
        The one expression; every node knows its first and last character.

    Raises
    ------
    ClaimError
        If the text is empty, too long or no expression.
    """
    from lark import UnexpectedInput

    if not text.strip():
        raise ClaimError(
            "the formula is empty",
            next_step="write what must happen, such as eventually(holds(ACTOR, PLACE), by=DATE)",
        )
    if len(text) > LONGEST:
        raise ClaimError(
            f"the formula has {len(text):,} characters",
            next_step=f"at most {LONGEST:,} are read; divide the claim into several",
        )
    try:
        root = _parser().parse(text)
    except UnexpectedInput as error:
        raise _report(error, text) from None
    (expression,) = root.children
    return expression  # type: ignore[return-value]
