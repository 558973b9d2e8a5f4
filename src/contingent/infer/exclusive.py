"""Explanations of which only one can be true, and what other prior weights would make of them.

An explanation that names a group (``exclusive: NAME``) excludes the others of the group. Where no
group is named, explanations may overlap, and weights are read as: if one of these sets of
assumptions had to be believed. Either way they are given under the author's weights, under equal
ones, and with each explanation's own weight halved and doubled.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from contingent.infer.condition import Conditioned
from contingent.infer.draws import Floats
from contingent.infer.explanations import Assumed, posterior
from contingent.infer.smc import log_sum_exp
from contingent.scenario.types import Scenario

ALL = ""
"""Name of the set of all explanations where no group is declared."""


class Exclusive(NamedTuple):
    """A set of explanations of which one is true.

    Attributes
    ----------
    name : of the group; empty for all explanations where none is declared
    members : names of explanations
    """

    name: str
    members: tuple[str, ...]


def exclusive_sets(scenario: Scenario, explained: Mapping[str, Assumed]) -> list[Exclusive]:
    """Declared groups, or all explanations together where there is none."""
    offered = {} if scenario.argument is None else scenario.argument.explanations
    groups: dict[str, list[str]] = {}
    for name in explained:
        if name in offered and offered[name].exclusive is not None:
            groups.setdefault(str(offered[name].exclusive), []).append(name)
    sets = [Exclusive(name, tuple(members)) for name, members in groups.items() if len(members) > 1]
    return sets or [Exclusive(ALL, tuple(explained))]


def weights_row(
    one: Exclusive,
    explained: Mapping[str, Assumed],
    done: Mapping[str, Conditioned],
    replicates: int,
    seed: int,
) -> dict[str, Any]:
    """Posterior weights within a set under several prior weights, as JSON has them.

    None are given where a run of the set is refused.
    """
    refused = [name for name in one.members if done[name].judgement == "refused"]
    logs = np.array([done[name].evidence.value for name in one.members])
    author = np.array([explained[name].prior for name in one.members])
    author = author / author.sum()
    found = posterior(
        [done[name].evidence for name in one.members], author.tolist(), replicates, seed
    )
    equal = _weights(logs, np.ones(len(logs)))
    rows = []
    for i, name in enumerate(one.members):
        row: dict[str, Any] = {"name": name, "prior": float(author[i])}
        if not refused:
            scaled = {
                said: float(_weights(logs, _scaled(author, i, factor))[i])
                for said, factor in (("halved", 0.5), ("doubled", 2.0))
            }
            row |= {"author": found[i]._asdict(), "equal": float(equal[i]), **scaled}
        rows.append(row)
    return {"name": one.name, "declared": bool(one.name), "refused": refused, "weights": rows}


def _scaled(weights: Floats, which: int, factor: float) -> Floats:
    changed = weights.copy()
    changed[which] *= factor
    return changed


def _weights(logs: Floats, priors: Floats) -> Floats:
    total = logs + np.log(np.maximum(priors, 1e-300))
    return np.asarray(np.exp(total - log_sum_exp(total)))
