"""The parts of a claim's ``form:``: formulas, days and levels, checked and put together as text.

`templates` says what each form means; this file knows how its parts are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from contingent.errors import ClaimError
from contingent.language import Vocabulary, is_path, parse_expression, sort_of
from contingent.language.formulas import Signal

__all__ = ["LEVEL", "Form", "any_of_them", "fault"]

LEVEL = 0.2
"""Probability from which something *could* happen, unless the form states another."""

_IT = re.compile(r"(?<![\w.-])it(?![\w.-])")
_TAKES_ANY = ("holds", "attacks", "attempted", "withdrew", "supplied")


def fault(form: Mapping[str, Any], problem: str, remedy: str) -> ClaimError:
    """Return the error of a form, with the form as it is written."""
    shown = ", ".join(f"{key}: {value}" for key, value in form.items())
    return ClaimError(f"{problem}, in the form {{{shown}}}", next_step=remedy)


def any_of_them(
    form: Mapping[str, Any], vocabulary: Vocabulary
) -> Callable[[tuple[str, ...]], str]:
    """Return a function from actors to the formula that any of them does what *it* could."""
    text = str(form["could"])
    if not _IT.search(text):
        raise ClaimError(f"{text} does not say it", text, 0, "write it for the actor in question")
    formula = parse_expression(text, replace(vocabulary, actors=(*vocabulary.actors, "it")))
    if sort_of(formula) != "truth":
        raise ClaimError(f"{text} is not true or false", text, 0, "compare it")
    as_set = isinstance(formula, Signal) and formula.observables[0].name in _TAKES_ANY

    def any_of(actors: tuple[str, ...]) -> str:
        if as_set:
            return _IT.sub(" | ".join(actors), text)
        parts = [_IT.sub(actor, text) for actor in actors]
        return parts[0] if len(parts) == 1 else " or ".join(f"({part})" for part in parts)

    return any_of


class Form:
    """One ``form:``, read with a vocabulary.

    Parameters
    ----------
    form : mapping
        As written; keys are known to be allowed.
    vocabulary : Vocabulary

    Attributes
    ----------
    level : float
        Probability from which something could happen, 0 to 1.
    do : mapping
        What is to be set.
    """

    def __init__(self, form: Mapping[str, Any], vocabulary: Vocabulary) -> None:
        self._form = form
        self.vocabulary = vocabulary
        if "by" in form and "in" in form:
            raise fault(form, "by and in are both given", "give a date or a duration, not both")
        by = form.get("by", vocabulary.end)
        self._by = "" if "in" in form else by.isoformat() if isinstance(by, date) else str(by)
        self._options = f"by={self._by}" if self._by else f"in={form['in']}"
        level = form.get("level", LEVEL)
        if isinstance(level, bool) or not isinstance(level, int | float) or not 0 <= level <= 1:
            raise fault(form, f"level is {level}", "expected a probability, 0 to 1")
        self.level = float(level)
        self.do: Mapping[str, Any] = form.get("do", {})
        if not isinstance(self.do, Mapping):
            raise fault(form, f"do is {self.do}", "expected names and what they are set to")

    def text(self, key: str) -> str:
        """Return one formula, which must be true or false."""
        text = str(self._form[key])
        if sort_of(parse_expression(text, self.vocabulary)) != "truth":
            raise ClaimError(f"{key}: {text} is not true or false", text, 0, "compare it")
        return text

    def state(self, key: str) -> str:
        """Return one formula, which must speak of a single day."""
        text = self.text(key)
        if self.is_path(text):
            raise ClaimError(
                f"{key}: {text} looks along the path", text, 0, "write what is so on one day"
            )
        return text

    def is_path(self, text: str) -> bool:
        """Return whether a formula looks along the path."""
        return is_path(parse_expression(text, self.vocabulary))

    def once(self, text: str) -> str:
        """Return that a formula comes true; a formula about the path as it stands."""
        return f"({text})" if self.is_path(text) else f"eventually({text}, {self._options})"

    def throughout(self, text: str) -> str:
        """Return that a formula stays true; a formula about the path as it stands."""
        if self.is_path(text):
            return f"({text})"
        if self._by:
            return f"always({text}, until={self._by})"
        return f"not eventually(not ({text}), {self._options})"

    def never(self, text: str) -> str:
        """Return that a formula does not come true."""
        if self.is_path(text):
            return f"not ({text})"
        if self._by:
            return f"never({text}, until={self._by})"
        return f"not eventually({text}, {self._options})"

    def pair(self, operator: str, left: str, right: str) -> str:
        """Return until, weak_until or before of two formulas of one day."""
        return f"{operator}({left}, {right}, {self._options})"

    def body(self) -> tuple[str, bool]:
        """Return the formula under then or stays, and whether it is to last."""
        lasts = "stays" in self._form
        return self.text("stays" if lasts else "then"), lasts
