"""The words with brackets: predicates and operators, with their arguments and options."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from lark import Token, Tree

from contingent.language.formulas import (
    Always,
    At,
    Before,
    Change,
    Eventually,
    ForDays,
    Formula,
    Never,
    Observable,
    Share,
    Signal,
    Until,
    Window,
)
from contingent.language.predicates import COMMITMENTS, PREDICATES, Predicate

if TYPE_CHECKING:
    from contingent.language.checking import Checker

__all__ = ["OPERATORS", "call"]

OPERATORS: dict[str, tuple[str, ...]] = {
    "eventually": ("by", "in", "since"),
    "always": ("until", "for", "since"),
    "never": ("until", "for", "since"),
    "until": ("by", "in", "since"),
    "weak_until": ("by", "in", "since"),
    "before": ("by", "in", "since"),
    "share": ("by", "for", "since"),
    "at": (),
    "for_days": (),
    "initial": (),
}
"""Operator to the options it takes."""

_SHAPES = {
    "eventually": "eventually(WHAT, by=DATE)",
    "always": "always(WHAT, until=DATE)",
    "never": "never(WHAT, until=DATE)",
    "until": "until(WHAT, WHAT, by=DATE)",
    "weak_until": "weak_until(WHAT, WHAT, by=DATE)",
    "before": "before(WHAT, WHAT, by=DATE)",
    "share": "share(days, WHAT, by=DATE)",
    "at": "at(DATE, WHAT)",
    "for_days": "for_days(14, WHAT)",
    "initial": "initial(WHAT)",
}
Branch = Tree[Token]


def call(checker: Checker, raw: Branch) -> Formula:
    """Return the typed form of one word with brackets."""
    name = checker.token(raw)
    arguments: list[Branch] = []
    options: dict[str, Branch] = {}
    for part in raw.children[1:]:
        assert isinstance(part, Tree)
        if part.data != "keyword":
            if options:
                checker.fail("an argument follows an option", part, "options come last")
            arguments.append(part)
            continue
        option = checker.token(part)
        if str(option) in options:
            checker.fail(f"{option}= is given twice", option)
        value = part.children[1]
        assert isinstance(value, Tree)
        options[str(option)] = value
    if str(name) in PREDICATES:
        return _predicate(checker, raw, PREDICATES[str(name)], arguments, options)
    if str(name) in OPERATORS:
        return _operator(checker, raw, str(name), arguments, options)
    known = (*PREDICATES, *OPERATORS)
    near = checker.vocabulary.nearest(str(name), known)
    remedy = f"did you mean {near}?" if near else f"expected one of {', '.join(known)}"
    return checker.fail(f"{name} is no predicate and no operator", name, remedy)


def _refuse_options(
    checker: Checker, name: str, options: dict[str, Branch], allowed: tuple[str, ...]
) -> None:
    for option, value in options.items():
        if option not in allowed:
            taken = ", ".join(f"{word}=" for word in allowed) or "no option"
            checker.fail(f"{name} has no option {option}=", value, f"{name} takes {taken}")


def _shape(predicate: Predicate) -> str:
    words = [word.upper() for word in predicate.parameters]
    if predicate.optional:
        words[-1] = f"[{words[-1]}]"
    return f"{predicate.name}({', '.join(words)})"


def _predicate(
    checker: Checker,
    raw: Branch,
    predicate: Predicate,
    arguments: list[Branch],
    options: dict[str, Branch],
) -> Formula:
    _refuse_options(checker, predicate.name, options, ("since",) if predicate.total else ())
    most = len(predicate.parameters)
    if not most - predicate.optional <= len(arguments) <= most:
        given = f"{len(arguments)} argument{'' if len(arguments) == 1 else 's'}"
        checker.fail(f"{predicate.name} is given {given}", raw, f"expected {_shape(predicate)}")
    series: list[tuple[str | tuple[str, ...], ...]] = [()]
    for parameter, argument in zip(predicate.parameters, arguments, strict=False):
        found = _argument(checker, predicate, parameter, argument)
        series = [(*before, value) for before in series for value in found]
    if predicate.name == "open":
        series = [_route(checker, raw, series[0])]
    written = f"{predicate.name}({', '.join(checker.source(part) for part in arguments)})"
    signal = Signal(
        tuple(Observable(predicate.name, args) for args in series),
        predicate.combine if len(series) > 1 else "one",
        predicate.sort,
        written,
    )
    if not predicate.total:
        return signal
    return Change(signal, checker.date(options["since"]) if "since" in options else None)


def _route(
    checker: Checker, raw: Branch, ends: tuple[str | tuple[str, ...], ...]
) -> tuple[str | tuple[str, ...], ...]:
    one, other = str(ends[0]), str(ends[1])
    found = checker.vocabulary.route(one, other)
    if found is None:
        routes = checker.vocabulary.routes
        near = sorted({*(b for a, b in routes if a == one), *(a for a, b in routes if b == one)})
        remedy = f"routes from {one} go to {', '.join(near)}" if near else f"{one} has no route"
        checker.fail(f"no route joins {one} and {other}", raw, remedy)
    return found


def _argument(
    checker: Checker, predicate: Predicate, parameter: str, raw: Branch
) -> list[str | tuple[str, ...]]:
    """Return the values one argument stands for: several where a set of actors is joined."""
    if raw.data != "names":
        checker.fail(
            f"{checker.source(raw)} is no name", raw, f"expected {_shape(predicate)} with names"
        )
    if parameter in ("actor", "actors"):
        actors = _actors(checker, raw)
        if parameter == "actors":
            return [actors]
        if len(actors) > 1 and predicate.combine == "one":
            checker.fail(
                f"{predicate.name} takes one actor, found {len(actors)}",
                raw,
                f"choose one of {', '.join(actors)}",
            )
        return list(actors)
    if len(raw.children) > 1:
        checker.fail(
            f"{checker.source(raw)} names several things", raw, f"expected one {parameter}"
        )
    name = checker.token(raw)
    vocabulary = checker.vocabulary
    candidates = {
        "place": vocabulary.places,
        "kind": COMMITMENTS,
        "option": vocabulary.options,
        "deadline": vocabulary.deadlines,
        "event": vocabulary.events,
    }[parameter]
    if str(name) not in candidates:
        checker.unknown(
            name, "kind of commitment" if parameter == "kind" else parameter, candidates
        )
    return [str(name)]


def _actors(checker: Checker, raw: Branch) -> tuple[str, ...]:
    """Return the actors named, blocs replaced by their actors, in the order of the theatre."""
    vocabulary = checker.vocabulary
    named: set[str] = set()
    for name in raw.children:
        members = vocabulary.members(str(name))
        if not members:
            assert isinstance(name, Token)
            checker.unknown(name, "actor", (*vocabulary.actors, *vocabulary.blocs))
        named.update(members)
    return tuple(actor for actor in vocabulary.actors if actor in named)


def _operator(
    checker: Checker, raw: Branch, name: str, arguments: list[Branch], options: dict[str, Branch]
) -> Formula:
    _refuse_options(checker, name, options, OPERATORS[name])
    if name == "share" and len(arguments) == 1:
        arguments = [arguments[0], arguments[0]]
    wanted = 2 if name in ("until", "weak_until", "before", "share", "at", "for_days") else 1
    if len(arguments) != wanted:
        given = f"{len(arguments)} argument{'' if len(arguments) == 1 else 's'}"
        checker.fail(f"{name} is given {given}", raw, f"expected {_SHAPES[name]}")
    if name == "initial":
        return checker.initial(arguments[0])
    if name == "at":
        return At(checker.date(arguments[0]), checker.expression(arguments[1]))
    if name == "for_days":
        return ForDays(_count(checker, arguments[0]), checker.expression(arguments[1], "truth"))
    window = _window(checker, raw, options)
    if name == "share":
        return Share(checker.expression(arguments[1], "truth"), window)
    operands = [checker.expression(argument, "truth") for argument in arguments]
    match name:
        case "eventually":
            return Eventually(operands[0], window)
        case "always":
            return Always(operands[0], window)
        case "never":
            return Never(operands[0], window)
        case "before":
            return Before(operands[0], operands[1], window)
    return Until(operands[0], operands[1], window, strong=name == "until")


def _count(checker: Checker, raw: Branch) -> int:
    """Return a number of days written as 14 or as 14 days or 2 weeks."""
    if raw.data == "number":
        value = checker.number(raw)
        if value >= 1 and value.is_integer():
            return int(value)
    return checker.duration(raw)


def _window(checker: Checker, raw: Branch, options: dict[str, Branch]) -> Window:
    """Return the days an operator looks at, from its options."""
    since: date | None = checker.date(options["since"]) if "since" in options else None
    last = options.get("by", options.get("until"))
    spans = [options[word] for word in ("in", "for") if word in options]
    if last is not None and spans:
        checker.fail("the window has two ends", spans[0], "give a date or a duration, not both")
    until = checker.date(last) if last is not None else None
    if since is not None and until is not None and until < since:
        assert last is not None
        checker.fail(f"the window ends on {until} and begins on {since}", last, "since= is later")
    length = checker.duration(spans[0]) if spans else None
    if length is not None and "for" in options:
        length -= 1
    return Window(since, until, length)
