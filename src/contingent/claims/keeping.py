"""Verdicts kept in a study, beside its arrays.

``scenario.json`` holds the title, and the numbers and rules in force, for comparing studies.
``verdicts.json`` is what ``contingent run --json`` prints, ``verdicts.parquet`` the same as a
table; ``truth.parquet`` says for every future which readings of claims come true there
(``claim/reading``) and which conditions are met (``claim/reading?``). Each file is written whole
and then renamed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from contingent.errors import StudyError
from contingent.files import whole, write_json
from contingent.scenario.changes import quantities
from contingent.scenario.phrases import phrase
from contingent.scenario.types import Scenario

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["keep", "keep_scenario", "kept_record", "kept_scenario", "kept_truth", "verdict_frame"]

RECORD, TABLE, TRUTH = "verdicts.json", "verdicts.parquet", "truth.parquet"
SCENARIO = "scenario.json"
COLUMNS = (
    "id", "says", "kind", "status", "probability", "low", "high", "variants_low", "variants_high",
    "futures_used", "settled", "settled_by", "hedge_low", "hedge_high", "wording_low",
    "wording_high", "distance", "cluster", "reason",
)  # fmt: skip


def keep(folder: Path, record: Mapping[str, Any], truth: Mapping[str, NDArray[np.bool_]]) -> None:
    """Write the verdicts of a run into its study."""
    import pandas as pd

    frame = verdict_frame(record)
    with whole(folder / TABLE) as partial:
        frame.to_parquet(partial, index=False)
    columns = pd.DataFrame(dict(truth))
    with whole(folder / TRUTH) as partial:
        columns.to_parquet(partial, index=False)
    write_json(folder / RECORD, record)


def keep_scenario(folder: Path, scenario: Scenario) -> None:
    """Write the title, the numbers and the rules of a scenario into its study."""
    theatre = scenario.theatre
    record = {
        "title": scenario.title,
        "theatre": theatre.theatre,
        "quantities": {name: phrase(one) for name, one in sorted(quantities(theatre).items())},
        "structure": theatre.structure.model_dump(),
        "mechanisms": dict(theatre.mechanisms),
    }
    write_json(folder / SCENARIO, record)


def kept_record(folder: Path) -> dict[str, Any]:
    """Read the verdicts of a study.

    Raises
    ------
    StudyError
        If the study has none, or they cannot be read.
    """
    return _read(folder / RECORD, "verdicts")


def kept_scenario(folder: Path) -> dict[str, Any]:
    """Read the numbers and rules that a study was played with.

    Raises
    ------
    StudyError
    """
    return _read(folder / SCENARIO, "list of numbers")


def _read(path: Path, what: str) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StudyError(f"{path.parent}: no {what} here; run the scenario again") from None
    except (OSError, ValueError) as error:
        raise StudyError(f"{path}: cannot be read ({error}); run the scenario again") from None
    return record


def kept_truth(folder: Path) -> dict[str, NDArray[np.bool_]]:
    """Read in which futures every reading of every claim comes true.

    Raises
    ------
    StudyError
    """
    import pandas as pd

    try:
        frame = pd.read_parquet(folder / TRUTH)
    except (OSError, ValueError) as error:
        raise StudyError(f"{folder / TRUTH}: cannot be read ({error}); run it again") from None
    return {str(name): frame[name].to_numpy(dtype=bool) for name in frame.columns}


def verdict_frame(record: Mapping[str, Any]) -> pd.DataFrame:
    """Return the verdicts as a table, one row a claim."""
    import pandas as pd

    rows = []
    for claim in record["claims"]:
        row = {name: claim[name] for name in COLUMNS}
        settled = row["settled"]
        row["settled"] = str(settled).lower() if isinstance(settled, bool) else settled
        rows.append(row)
    return pd.DataFrame(rows, columns=list(COLUMNS))
