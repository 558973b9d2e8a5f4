"""Where a run of the sampler stood, kept on disk so that it can go on.

One file a run, written whole beside its place and then renamed: a reader finds the old state or
the new one. A file of other settings, another theatre or another model is not used.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np

from contingent.files import whole
from contingent.infer.dates import keep_date
from contingent.infer.smc import Info, State

VERSION = 2
OF_PARTICLES = "particles."


def save(path: Path, state: State, infos: list[Info], digest: str) -> None:
    """Keep a state and what was told on the way to it, and put a few of its particles aside."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {
        "version": VERSION,
        "digest": digest,
        "step": state.step,
        "power": state.power,
        "round": state.round,
        "lengths": dict(state.lengths),
        "infos": [info._asdict() for info in infos],
    }
    arrays = {f"{OF_PARTICLES}{name}": array for name, array in state.particles.items()}
    with whole(path) as partial, partial.open("wb") as file:
        np.savez(
            file,
            told=np.frombuffer(json.dumps(told).encode(), dtype=np.uint8),
            log_likelihood=state.log_likelihood,
            log_weights=state.log_weights,
            log_evidence=state.log_evidence,
            ancestors=state.ancestors,
            **arrays,  # type: ignore[arg-type]
        )
    keep_date(path, state)


def restore(path: Path, digest: str) -> tuple[State, list[Info]] | None:
    """Return what was kept; None if there is nothing that fits."""
    try:
        with path.open("rb") as file, np.load(file) as kept:
            told = json.loads(kept["told"].tobytes())
            if (told["version"], told["digest"]) != (VERSION, digest):
                return None
            state = State(
                step=told["step"],
                power=told["power"],
                particles={
                    name.removeprefix(OF_PARTICLES): kept[name]
                    for name in kept.files
                    if name.startswith(OF_PARTICLES)
                },
                log_likelihood=kept["log_likelihood"],
                log_weights=kept["log_weights"],
                log_evidence=kept["log_evidence"],
                ancestors=kept["ancestors"],
                lengths=told["lengths"],
                round=told["round"],
            )
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    return state, [Info(**info) for info in told["infos"]]
