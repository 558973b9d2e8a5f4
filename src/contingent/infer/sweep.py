"""What other readings of the grades would make of the same runs.

The worlds that the reports leave are weighed again with every trust read otherwise: the evidence
under the other reading is that of the run times the mean ratio of likelihoods. Where few worlds
carry that mean the answer is called unsound, and the command must be run with ``--grades``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from contingent.infer.condition import Conditioned
from contingent.infer.reports import Selection
from contingent.infer.reweigh import reweigh


def sweep(
    done: Mapping[str, Conditioned],
    priors: Mapping[str, float],
    selections: Mapping[str, Selection],
) -> dict[str, dict[str, dict[str, Any]]]:
    """Posterior weights under other readings of the grades.

    Parameters
    ----------
    done : conditioned theatre by explanation
    priors : weight of each explanation
    selections : the same reports under other readings

    Returns
    -------
    dict
        Reading to explanation to ``posterior``, ``log_evidence`` and ``sound``.
    """
    return {name: _reading(done, priors, selection) for name, selection in selections.items()}


def _reading(
    done: Mapping[str, Conditioned], priors: Mapping[str, float], selection: Selection
) -> dict[str, dict[str, Any]]:
    rows = {name: _reweighed(one, selection) for name, one in done.items()}
    logs = np.array([rows[name][0] + np.log(max(priors[name], 1e-300)) for name in rows])
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    return {
        name: {"posterior": float(weight), "log_evidence": rows[name][0], "sound": rows[name][1]}
        for name, weight in zip(rows, weights, strict=True)
    }


def _reweighed(done: Conditioned, selection: Selection) -> tuple[float, bool]:
    """Log evidence under other trusts, and whether enough worlds carry it."""
    found = reweigh(done, replace(done.problem, evidence=selection.evidence), 0)
    return found.evidence.value, found.sound
