"""Find a future: the K-th in which a claim or a predicate comes true, or fails."""

from __future__ import annotations

import numpy as np

from contingent.claims.companions import Playing, runs
from contingent.claims.evaluate import evaluate
from contingent.claims.reading import read_claim
from contingent.compile import compile_scenario
from contingent.errors import SettingError
from contingent.language import Formula, Vocabulary, observables, parse_expression
from contingent.language.formulas import Not
from contingent.scenario.types import Scenario

__all__ = ["nth_future"]

DENIAL = "not "


def nth_future(scenario: Scenario, where: str, number: int, futures: int, seed: int) -> int:
    """Return the number of a future in which something comes true.

    Parameters
    ----------
    scenario
    where : a claim's name, or a predicate; ``not NAME`` for futures in which a claim fails
    number : which of them, from 0
    futures, seed : how many futures are searched

    Raises
    ------
    SettingError
        If there are not so many.
    """
    vocabulary = compile_scenario(scenario).names.vocabulary()
    formula, given, since_day = _wanted(scenario, where.strip(), vocabulary)
    wanted = observables(formula) | (observables(given) if given is not None else set())
    program = compile_scenario(scenario, sorted(wanted, key=str))
    found, first = 0, 0
    for paths in runs(program, Playing(futures, seed)):
        comes = evaluate(formula, paths, since_day)
        if given is not None:
            comes &= evaluate(given, paths, since_day)
        hits = np.flatnonzero(comes)
        if number - found < len(hits):
            return first + int(hits[number - found])
        found += len(hits)
        first += paths.futures
    raise SettingError(
        "--where", f"{found} such futures among {futures:,}", f"more than {number}",
        "ask for an earlier one, or search more with --futures",
    )  # fmt: skip


def _wanted(
    scenario: Scenario, where: str, vocabulary: Vocabulary
) -> tuple[Formula, Formula | None, int]:
    """Return what must come true, the condition of the claim, and the day it is read from."""
    argument = scenario.argument
    name = where.removeprefix(DENIAL).strip()
    since = vocabulary.start if argument is None else argument.source.written
    if argument is None or name not in argument.claims:
        day = max((since - vocabulary.start).days, 0)
        return parse_expression(where, vocabulary), None, day
    claim = read_claim(name, argument.claims[name], argument, vocabulary)
    if not claim.wordings:
        raise SettingError("--where", f"{name}, which {claim.reason}", "a claim that is evaluated")
    formula = claim.wordings[0].formula
    day = (claim.since - vocabulary.start).days
    denied = where != name
    return (Not(formula) if denied else formula), claim.wordings[0].given, day
