"""A conditioned theatre as ArviZ has it: prior and posterior, replicates as chains.

ArviZ is an optional dependency (``pip install "contingent[arviz]"``). Both forms of its API are
served: releases before 1.0 make an ``InferenceData``, later ones a tree of data sets.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import numpy as np

from contingent.compile import unknowns_from_normals
from contingent.errors import SettingError
from contingent.infer.condition import Conditioned
from contingent.infer.draws import Draws, Floats, spawn
from contingent.infer.smc import Particles
from contingent.infer.worlds import even_rows, rows_of
from contingent.simulate.ensemble import key_of

PRIOR_OF_EXPORT = 2**31 + 37


def arviz_groups(done: Conditioned, seed: int = 1) -> dict[str, dict[str, Floats]]:
    """Prior and posterior by unknown, with the log-likelihood of each report.

    Parameters
    ----------
    done : conditioned under one set of assumptions
    seed : of the prior draws

    Returns
    -------
    dict
        Group to variable to array, (chains, draws): ``posterior`` and ``prior`` in the units of the
        theatre, ``log_likelihood`` by report, ``sample_stats`` with the first ancestor of each
        draw. Particles are resampled, so that draws have equal weights; a chain is a replicate.
    """
    rows = [even_rows(state) for state in done.states]
    chains = [rows_of(state.particles, row) for state, row in zip(done.states, rows, strict=True)]
    each = len(rows[0])
    keys = [spawn(key_of(seed), PRIOR_OF_EXPORT, number) for number in range(len(chains))]
    drawn = [done.problem.draw(each, Draws(key, 0)) for key in keys]
    likelihood = np.stack(
        [state.log_likelihood[row] for state, row in zip(done.states, rows, strict=True)]
    )
    return {
        "posterior": _by_name(done, chains),
        "prior": _by_name(done, drawn),
        "log_likelihood": {
            one.id: likelihood[:, :, i] for i, one in enumerate(done.problem.evidence)
        },
        "sample_stats": {
            "ancestor": np.stack(
                [state.ancestors[row] for state, row in zip(done.states, rows, strict=True)]
            )
        },
    }


def _by_name(done: Conditioned, chains: list[Particles]) -> dict[str, Floats]:
    """Unknowns in their units and biases of parties as normals, (chains, draws) each."""
    program = done.problem.program
    width = len(program.unknowns)
    values = np.stack(
        [unknowns_from_normals(program, one["normals"][:, :width])[:, :width] for one in chains]
    )
    biases = np.stack([one["normals"][:, width:] for one in chains])
    found = {unknown.name: values[:, :, i] for i, unknown in enumerate(program.unknowns)}
    parties = {f"bias.{name}": biases[:, :, i] for i, name in enumerate(done.problem.parties)}
    return found | parties


def to_arviz(done: Conditioned, seed: int = 1) -> Any:
    """Return ArviZ's own form of `arviz_groups`.

    Raises
    ------
    SettingError
        where ArviZ is not installed.
    """
    return from_groups(arviz_groups(done, seed))


def from_groups(groups: Mapping[str, Mapping[str, Any]]) -> Any:
    """Return ArviZ's form of groups of variables, (chains, draws) each.

    Raises
    ------
    SettingError
        where ArviZ is not installed.
    """
    try:
        with warnings.catch_warnings():
            # Releases before 1.0 announce the next one on import.
            warnings.simplefilter("ignore", FutureWarning)
            arviz: Any = import_module("arviz")
    except ImportError:
        raise SettingError(
            "arviz", "no such package", "ArviZ", 'pip install "contingent[arviz]"'
        ) from None
    if int(arviz.__version__.split(".")[0]) >= 1:
        return arviz.from_dict(groups)
    return arviz.from_dict(**groups)
