"""Parameters of the mechanisms: the library's model.yaml, and an author's own values for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from contingent.errors import QuantityError
from contingent.scenario.document import LIBRARY, read_plain
from contingent.scenario.faults import nearest
from contingent.scenario.quantities import Quantity
from contingent.scenario.written import read_quantity


@dataclass(frozen=True, slots=True)
class Parameter:
    """One entry of model.yaml.

    Attributes
    ----------
    quantity : the prior, named ``model.NAME``
    says : what the parameter does
    """

    quantity: Quantity
    says: str


@cache
def model_parameters() -> dict[str, Parameter]:
    """Parameters of the mechanisms by the name that follows ``model.``, in file order."""
    entries = read_plain(LIBRARY / "model.yaml").get("model") or {}
    parameters = {}
    for name, entry in entries.items():
        bounds = {key: float(entry[key]) for key in ("low", "high") if key in entry}
        quantity = read_quantity(
            entry["value"],
            unit=str(entry.get("unit", "1")),
            name=f"model.{name}",
            source=entry.get("source"),
            basis=entry.get("basis"),
            **bounds,
        )
        parameters[str(name)] = Parameter(quantity, str(entry.get("says", "")))
    return parameters


def read_model(written: Any) -> Any:
    """Read an author's values with the units and ranges of model.yaml.

    What cannot be read is returned as an error in its place, so that each gets its position.
    """
    if not isinstance(written, Mapping):
        return written
    return {name: _read_one(str(name), number) for name, number in written.items()}


def _read_one(name: str, written: Any) -> Quantity | QuantityError:
    known = model_parameters()
    if isinstance(written, Quantity):
        return written
    if name not in known:
        close = nearest(name, known)
        step = f"did you mean {close!r}?" if close else "library/model.yaml lists them"
        return QuantityError(f"the unknown parameter {name!r}", "a parameter of the model", step)
    prior = known[name].quantity
    try:
        return read_quantity(written, unit=prior.unit, low=prior.low, high=prior.high)
    except QuantityError as error:
        return error
