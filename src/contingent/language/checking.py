"""From raw tree to typed formula: names, types, dates and windows are checked here.

Every fault is a `ClaimError` that points at its character and says what was expected. The first
fault of a formula is reported; a formula is short.
"""

from __future__ import annotations

from datetime import date
from typing import NoReturn

from lark import Token, Tree

from contingent.errors import ClaimError
from contingent.language.formulas import (
    And,
    Arithmetic,
    Comparison,
    Constant,
    Formula,
    Implies,
    Initial,
    Negative,
    Not,
    Number,
    Or,
    PlaceName,
    Sort,
    is_path,
    sort_of,
)
from contingent.language.vocabulary import Vocabulary

__all__ = ["DEEPEST", "Checker"]

DEEPEST = 60
"""Levels of nesting a formula may have."""

LONGEST_SPAN = 100_000
"""Days a duration may have."""

_SORT_WORDS = {"truth": "something true or false", "number": "a number", "place": "a place"}
Raw = Tree[Token] | Token


class Checker:
    """Reads the raw tree of one formula with one vocabulary.

    Parameters
    ----------
    text : str
        The formula as written, for messages.
    vocabulary : Vocabulary
    """

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self._depth = 0

    def fail(self, problem: str, at: Raw, remedy: str = "") -> NoReturn:
        """Raise a ClaimError that points at a piece of the tree."""
        position = (at.start_pos or 0) if isinstance(at, Token) else at.meta.start_pos
        raise ClaimError(problem, text=self.text, position=position, next_step=remedy)

    def source(self, raw: Raw) -> str:
        """Return a piece of the formula as its author wrote it."""
        assert isinstance(raw, Tree)
        return self.text[raw.meta.start_pos : raw.meta.end_pos]

    def expression(self, raw: Tree[Token], wanted: Sort | None = None) -> Formula:
        """Return the typed expression of a raw one, of the wanted sort if one is wanted."""
        self._depth += 1
        if self._depth > DEEPEST:
            self.fail("the formula is nested too deeply", raw, f"at most {DEEPEST} levels are read")
        node = self._any(raw)
        self._depth -= 1
        if wanted is not None and sort_of(node) != wanted:
            self._wrong_sort(raw, node, wanted)
        return node

    def _wrong_sort(self, raw: Tree[Token], node: Formula, wanted: Sort) -> NoReturn:
        found = sort_of(node)
        remedy = ""
        if wanted == "truth":
            example = "> 1000" if found == "number" else "== PLACE"
            remedy = f"compare it, as in {self.source(raw)} {example}"
        elif wanted == "number" and found == "truth":
            remedy = "share(days, ...) turns what is true or false into a number"
        self.fail(
            f"expected {_SORT_WORDS[wanted]}, found {_SORT_WORDS[found]}: {self.source(raw)}",
            raw,
            remedy,
        )

    def _any(self, raw: Tree[Token]) -> Formula:
        parts = raw.children
        match raw.data:
            case "call":
                from contingent.language.calls import call

                return call(self, raw)
            case "names":
                return self._place(raw)
            case "number":
                return Number(self.number(raw))
            case "true" | "false":
                return Constant(raw.data == "true")
            case "implies" | "conjunction" | "disjunction" | "negation":
                return self._connective(raw)
            case "comparison":
                return self._comparison(raw)
            case "arithmetic":
                left, sign, right = parts
                return Arithmetic(
                    str(sign),  # type: ignore[arg-type]
                    self.expression(left, "number"),  # type: ignore[arg-type]
                    self.expression(right, "number"),  # type: ignore[arg-type]
                )
            case "signed":
                operand = self.expression(parts[1], "number")  # type: ignore[arg-type]
                return Negative(operand) if parts[0] == "-" else operand
        return self._out_of_place(raw)

    def _out_of_place(self, raw: Tree[Token]) -> NoReturn:
        """Refuse a date, a duration or an option where an expression belongs."""
        what = {"date": "a date", "duration": "a duration", "keyword": "an option"}[str(raw.data)]
        remedy = "dates and durations belong in options such as by=2020-06-30 or in=14 days"
        self.fail(f"{self.source(raw)} is {what}, expected an expression", raw, remedy)

    def _connective(self, raw: Tree[Token]) -> Formula:
        operands = tuple(self.expression(part, "truth") for part in raw.children)  # type: ignore[arg-type]
        match raw.data:
            case "implies":
                return Implies(*operands)
            case "conjunction":
                return And(operands)
            case "disjunction":
                return Or(operands)
        return Not(operands[0])

    def _place(self, raw: Tree[Token]) -> Formula:
        if len(raw.children) > 1:
            self.fail(
                f"{self.source(raw)} names several things",
                raw,
                "a list of names goes into a predicate or beside == and != with a place",
            )
        name = self.token(raw)
        if str(name) in self.vocabulary.places:
            return self.place(name)
        vocabulary = self.vocabulary
        if str(name) in vocabulary.actors or str(name) in vocabulary.blocs:
            self.fail(f"{name} is an actor, expected an expression", name, f"holds({name}, PLACE)?")
        return self.unknown(name, "place", vocabulary.places)

    def token(self, raw: Tree[Token]) -> Token:
        """Return the first token of a piece."""
        first = raw.children[0]
        assert isinstance(first, Token)
        return first

    def unknown(self, name: Token, what: str, candidates: tuple[str, ...]) -> NoReturn:
        """Refuse a name that the theatre does not have."""
        near = self.vocabulary.nearest(str(name), candidates)
        if near:
            remedy = f"did you mean {near}?"
        elif candidates:
            remedy = f"expected one of {', '.join(candidates)}"
        else:
            remedy = f"the theatre has no {what} at all"
        self.fail(f"{name} is no {what} of the theatre", name, remedy)

    def place(self, name: Token) -> PlaceName:
        """Return a place by its name."""
        places = self.vocabulary.places
        if str(name) not in places:
            self.unknown(name, "place", places)
        return PlaceName(str(name), places.index(str(name)))

    def number(self, raw: Tree[Token]) -> float:
        """Return the value of a raw number, refusing what is no finite number."""
        try:
            value = float(str(self.token(raw)))
        except ValueError:
            value = float("inf")
        if value == float("inf"):
            self.fail(f"{self.source(raw)} is no number that can be read", raw)
        return value

    def date(self, raw: Tree[Token]) -> date:
        """Return a raw date or one of the words start, now and end, inside the theatre."""
        vocabulary = self.vocabulary
        words = {"start": vocabulary.start, "now": vocabulary.now, "end": vocabulary.end}
        name = self.source(raw)
        if raw.data == "names" and name in words:
            return words[name]
        if raw.data != "date":
            self.fail(
                f"{name} is no date", raw, "expected a date such as 2020-06-30, or start, now, end"
            )
        try:
            found = date.fromisoformat(name)
        except ValueError:
            self.fail(f"{name} is not in the calendar", raw, "expected YEAR-MONTH-DAY")
        if not vocabulary.start <= found <= vocabulary.end:
            self.fail(
                f"{name} lies outside the theatre",
                raw,
                f"expected a date from {vocabulary.start} to {vocabulary.end}",
            )
        return found

    def duration(self, raw: Tree[Token]) -> int:
        """Return a raw duration in days, 1 or more."""
        written = self.source(raw)
        if raw.data == "duration":
            amount = written.rstrip("abcdefghijklmnopqrstuvwxyz \t\n")
            unit = written[len(amount) :].strip().rstrip("s")
            if unit in ("month", "year") or "." in amount:
                self.fail(
                    f"{written} is not a whole number of days or weeks",
                    raw,
                    "months and years differ in length: write days, weeks or a date",
                )
            days = int(amount) * (7 if unit == "week" else 1)
            if 1 <= days <= LONGEST_SPAN:
                return days
        return self.fail(
            f"{written} is no duration", raw, "expected 1 day or more, such as 14 days or 3 weeks"
        )

    def _comparison(self, raw: Tree[Token]) -> Formula:
        left_raw, sign, right_raw = raw.children
        left, right = self._side(left_raw), self._side(right_raw)  # type: ignore[arg-type]
        if len(left) > 1 and len(right) > 1:
            self.fail("a list of places is compared with another list", raw, "one place, one list")
        one, other = sort_of(left[0]), sort_of(right[0])
        if one != other or one == "truth":
            self.fail(
                f"{_SORT_WORDS[one]} ({self.source(left_raw)}) is compared with "
                f"{_SORT_WORDS[other]} ({self.source(right_raw)})",
                sign,
                "numbers are compared with numbers, places with places; "
                "truth is joined by and, or, not, implies",
            )
        if one == "place" and sign not in ("==", "!="):
            self.fail(f"places cannot be ordered by {sign}", sign, "expected == or !=")
        pairs = [Comparison(str(sign), a, b) for a in left for b in right]  # type: ignore[arg-type]
        if len(pairs) == 1:
            return pairs[0]
        return Or(tuple(pairs)) if sign == "==" else And(tuple(pairs))

    def _side(self, raw: Tree[Token]) -> list[Formula]:
        """Return one side of a comparison: one expression, or the places of a list."""
        if raw.data == "names" and len(raw.children) > 1:
            return [self.place(name) for name in raw.children]  # type: ignore[arg-type]
        return [self.expression(raw)]

    def initial(self, raw: Tree[Token]) -> Formula:
        """Return the value on day 0 of a state expression."""
        operand = self.expression(raw)
        if is_path(operand):
            self.fail("initial() takes the state of one day", raw, "at(DATE, ...) takes any")
        return Initial(operand)
