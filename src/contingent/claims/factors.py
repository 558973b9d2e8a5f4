"""What *because* asks: would the event have come about without the factor, and with it anyhow?

A factor is the set of assumptions of one of the argument's explanations. Two runs are played with
the same seed, so that the same draw lies behind each number and each chance of a future: one with
the factor, one under the theatre's plain priors.

*necessity*: of the futures with the factor in which the event came about, the share in which it
does not when the factor is undone. *sufficiency*: of the futures without the factor in which the
event did not come about, the share in which it does when the factor is brought in. (Pearl's
probabilities of causation; *Causality*, chapter 9.)

>>> import numpy as np
>>> with_it, without = np.array([1, 1, 1, 0], bool), np.array([1, 0, 0, 0], bool)
>>> found = because("necessity", Columns(with_it), Columns(without))
>>> found.outcome[found.given].tolist()
[False, True, True]
>>> found = because("sufficiency", Columns(with_it), Columns(without))
>>> found.outcome[found.given].tolist()
[True, True, False]
"""

from __future__ import annotations

import dataclasses
from typing import Literal, NamedTuple

from contingent.claims.verdict import Column, Columns
from contingent.errors import SettingError
from contingent.scenario import changes
from contingent.scenario.types import Scenario
from contingent.scenario.types_relations import Explanation

__all__ = ["Asks", "Factor", "because", "factor_key", "supposing", "with_factor"]

Asks = Literal["necessity", "sufficiency"]


class Factor(NamedTuple):
    """What a reading of *because* asks.

    Attributes
    ----------
    name : of the explanation whose assumptions are the factor
    asks : necessity or sufficiency
    """

    name: str
    asks: Asks


def supposing(scenario: Scenario, name: str, one: Explanation) -> Scenario:
    """Return a scenario under the assumptions of an explanation.

    Raises
    ------
    SettingError
        if an assumption leads nowhere; names the explanation.
    """
    try:
        changed = changes.replace(scenario, one.assume)
    except SettingError as error:
        raise SettingError(
            f"explanations.{name}.{error.setting}", error.found, error.expected
        ) from None
    switches = {key: value in (True, "on") for key, value in one.switch.items()}
    mechanisms = {**changed.theatre.mechanisms, **switches}
    theatre = changed.theatre.model_copy(update={"mechanisms": mechanisms})
    return dataclasses.replace(changed, theatre=theatre)


def with_factor(scenario: Scenario, name: str) -> Scenario:
    """Return a scenario under the explanation of that name in its own argument."""
    assert scenario.argument is not None
    return supposing(scenario, name, scenario.argument.explanations[name])


def factor_key(name: str) -> str:
    """Key of the run in which a factor is brought in."""
    return f"because {name}"


def because(
    asks: Asks,
    with_it: Columns,
    without: Columns,
    kept: tuple[Column, Column] | None = None,
) -> Columns:
    """Return what comes of undoing a factor, or of bringing it in, future by future.

    Parameters
    ----------
    asks : necessity or sufficiency
    with_it, without : whether the event comes about, and its condition is met, with the factor and
        without; the first futures of the two are the same
    kept : which futures count, with the factor and without; all if left out

    Returns
    -------
    Columns
        Given: the factual future counts. Outcome: the event goes (necessity) or comes.
    """
    size = min(len(with_it.outcome), len(without.outcome))
    came, stays = with_it.outcome[:size], without.outcome[:size]
    factual, held = (with_it, came) if asks == "necessity" else (without, ~stays)
    if factual.given is not None:
        held = held & factual.given[:size]
    if kept is not None:
        held = held & kept[0 if asks == "necessity" else 1][:size]
    return Columns(~stays if asks == "necessity" else came, held)
