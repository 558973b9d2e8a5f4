"""Read every written form of a number, and the changes of what-ifs.

>>> read_quantity("30_000 to 60_000", unit="persons", low=0.0).parameters
(30000.0, 60000.0)
>>> read_quantity("0.5 to 0.9", unit="1", low=0.0, high=1.0).distribution
'logitnormal'
>>> read_quantity({"value": "60 km/day", "source": "F12"}, unit="km/day").source
'F12'
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from contingent import units
from contingent.errors import QuantityError
from contingent.scenario.quantities import BASES, Z95, Basis, Distribution, Quantity

FORMS = ("beta", "normal", "lognormal", "uniform", "logitnormal", "choice", "unknown", "value")
LONGEST = 200
"""Characters of a written number; more is no number."""
NUMBER = r"[+-]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?"

_MEASURED = re.compile(rf"^\s*({NUMBER})\s*(%|[A-Za-z][^\s]*(?:\s*/\s*[^\s]+)?)?\s*$")
_INTERVAL = re.compile(r"^(.*?\S)\s+to\s+(\S.*)$")
_CHANGE = re.compile(rf"^\s*([*+-])\s+({NUMBER})\s*$|^\s*(\*)\s*({NUMBER})\s*$")


def read_quantity(
    written: Any,
    *,
    unit: str | None,
    low: float = -math.inf,
    high: float = math.inf,
    name: str = "",
    source: str | None = None,
    basis: Basis | None = None,
) -> Quantity:
    """Read any written form of a number.

    Parameters
    ----------
    written : a number, a text, or a mapping with one of the keys in `FORMS`
    unit : unit of the field; None accepts whatever unit is written
    low, high : closed range of the field, in `unit`
    name : dotted name to give the quantity
    source, basis : where the mapping itself does not say

    Raises
    ------
    QuantityError
        with what was found and what was expected.
    """
    if isinstance(written, Quantity):
        return written
    if isinstance(written, str) and len(written) > LONGEST:
        raise QuantityError(describe(written), f"a number{_in(unit)}, such as 5 or 3 to 8")
    if isinstance(written, Mapping):
        quantity = _from_mapping(written, unit, low, high)
    elif isinstance(written, str):
        quantity = _from_text(written, unit, low, high)
    elif isinstance(written, bool) or not isinstance(written, int | float):
        raise QuantityError(describe(written), f"a number{_in(unit)}, such as 5 or 3 to 8")
    else:
        quantity = _exact(_to_float(written), unit or "1", low, high)
    return replace(
        quantity,
        name=name,
        source=quantity.source or source,
        basis=quantity.basis or basis,
    )


def _from_text(written: str, unit: str | None, low: float, high: float) -> Quantity:
    interval = _INTERVAL.match(written)
    if interval is None:
        value, kept = _measured(written, unit)
        return _exact(value, kept, low, high)
    right, kept = _measured(interval[2], unit)
    bare = _MEASURED.match(interval[1])
    if bare is not None and bare[2] is None:
        trailing = _MEASURED.match(interval[2])
        tail = trailing[2] if trailing is not None and trailing[2] else ""
        left, _ = _measured(f"{interval[1]} {tail}", unit)
    else:
        left, _ = _measured(interval[1], unit)
    return _interval(left, right, written, kept, low, high)


def _measured(text: str, unit: str | None) -> tuple[float, str]:
    """Value in `unit` of a text such as ``60 km/day``, and the unit it is in."""
    match = _MEASURED.match(text)
    if match is None:
        raise QuantityError(
            repr(text.strip()),
            f"a number{_in(unit)}, such as 5, 3 to 8 or {{uniform: [3, 8]}}",
        )
    value = _to_float(float(match[1].replace("_", "")))
    written = (match[2] or "").replace(" ", "")
    if not written or written == unit:
        return value, unit or "1"
    if unit is None:
        return value, written
    return _converted(value, written, unit, text.strip()), unit


def _converted(value: float, written: str, unit: str, text: str) -> float:
    """Value in `unit` of a number written in another unit."""
    target = units.parse_unit("fraction") if unit == "1" else _unit_or_none(unit)
    try:
        source = units.parse_unit(written)
    except QuantityError as error:
        raise QuantityError(f"{text!r}", f"a number{_in(unit)}", error.next_step) from None
    if target is None or source.dimension != target.dimension:
        raise QuantityError(
            f"{text!r} with the unit {written!r}",
            f"a number{_in(unit)}" if unit != "1" else "a number without a unit",
            f"write it as {value:g} {unit}" if unit != "1" else "leave the unit out",
        )
    return value * source.factor / target.factor if source.factor != target.factor else value


def _unit_or_none(unit: str) -> units.Unit | None:
    """The unit, or None for one that is only compared as text, such as events/month."""
    try:
        return units.parse_unit(unit)
    except QuantityError:
        return None


def _interval(
    left: float, right: float, written: str, unit: str, low: float, high: float
) -> Quantity:
    """Quantity of ``left to right`` by the rule of the language."""
    if left > right:
        raise QuantityError(
            f"the interval {written!r}, written backwards",
            "the smaller number first",
            f"write {right:g} to {left:g}",
        )
    if left == right:
        return _exact(left, unit, low, high)
    _within(left, unit, low, high)
    _within(right, unit, low, high)
    if low == 0.0 and high == 1.0:
        if left <= 0.0 or right >= 1.0:
            raise QuantityError(
                f"{written!r}", "an interval strictly between 0 and 1 for a fraction",
                f"write {{uniform: [{left:g}, {right:g}]}} or end it just inside, such as "
                f"{max(left, 0.01):g} to {min(right, 0.99):g}",
            )  # fmt: skip
        return Quantity("logitnormal", (left, right), unit, low=low, high=high)
    if left > 0.0:
        return Quantity("lognormal", (left, right), unit, low=low, high=high)
    if low >= 0.0:
        raise QuantityError(
            f"{written!r}", "an interval that begins above 0 (its ends are percentiles)",
            f"write {{uniform: [0, {right:g}]}} or a small number instead of 0",
        )  # fmt: skip
    spread = (right - left) / (2.0 * Z95)
    return Quantity("normal", (0.5 * (left + right), spread), unit, low=low, high=high)


def _exact(value: float, unit: str, low: float, high: float) -> Quantity:
    _within(value, unit, low, high)
    return Quantity("exact", (value,), unit, low=low, high=high)


def _from_mapping(
    written: Mapping[Any, Any], unit: str | None, low: float, high: float
) -> Quantity:
    forms = [key for key in written if key in FORMS]
    if len(forms) != 1:
        raise QuantityError(
            f"a mapping with the keys {', '.join(map(str, written)) or '(none)'}",
            f"exactly one of {', '.join(FORMS)}",
        )
    form = forms[0]
    allowed = {form, "source", "basis"} | ({"times"} if form == "unknown" else set())
    extra = [str(key) for key in written if key not in allowed]
    if extra:
        raise QuantityError(
            f"the key {extra[0]!r} beside {form!r}", f"only {', '.join(sorted(allowed))}"
        )
    source, basis = read_source(written.get("source")), read_basis(written.get("basis"))
    inner = written[form]
    if form == "value":
        if isinstance(inner, Mapping) and "value" in inner:
            raise QuantityError("a value inside a value", "a number, an interval or a distribution")
        quantity = read_quantity(inner, unit=unit, low=low, high=high)
    elif form == "choice":
        quantity = _choice(inner, unit, low, high)
    elif form == "unknown":
        quantity = _shared(inner, written.get("times", 1.0), unit, low, high)
    else:
        quantity = _pair(form, inner, unit, low, high)
    return replace(quantity, source=source or quantity.source, basis=basis or quantity.basis)


def _pair(form: str, inner: Any, unit: str | None, low: float, high: float) -> Quantity:
    """Quantity of ``{form: [first, second]}``."""
    wanted = {
        "beta": "two shape numbers above 0, such as {beta: [2, 5]}",
        "normal": "mean and standard deviation, such as {normal: [10, 2]}",
        "lognormal": "5th and 95th percentile, both above 0, such as {lognormal: [3, 8]}",
        "logitnormal": "5th and 95th percentile, both between 0 and 1",
        "uniform": "lowest and highest value, such as {uniform: [3, 8]}",
    }[form]
    if not isinstance(inner, Sequence) or isinstance(inner, str) or len(inner) != 2:
        raise QuantityError(f"{form}: {describe(inner)}", wanted)
    kept = unit or "1"
    shape_unit = "1" if form == "beta" else unit
    first, second = (_plain(item, shape_unit) for item in inner)
    if form in ("lognormal", "logitnormal", "uniform") and first > second:
        raise QuantityError(
            f"{form}: [{first:g}, {second:g}], written backwards",
            "the smaller number first",
            f"write {{{form}: [{second:g}, {first:g}]}}",
        )
    broken = {
        "beta": first <= 0.0 or second <= 0.0,
        "normal": second < 0.0,
        "lognormal": first <= 0.0,
        "logitnormal": first <= 0.0 or second >= 1.0,
        "uniform": False,
    }[form]
    if broken:
        raise QuantityError(f"{form}: [{first:g}, {second:g}]", wanted)
    for end in {"beta": (), "normal": (first,)}.get(form, (first, second)):
        _within(end, kept, low, high)
    distribution: Distribution = form  # type: ignore[assignment]
    return Quantity(distribution, (first, second), kept, low=low, high=high)


def _choice(inner: Any, unit: str | None, low: float, high: float) -> Quantity:
    if not isinstance(inner, Mapping) or not inner:
        raise QuantityError(
            f"choice: {describe(inner)}",
            "values with their probabilities, such as {choice: {1: 0.3, 2: 0.7}}",
        )
    labels = tuple(str(label) for label in inner)
    for label in labels:
        if not re.fullmatch(NUMBER, label):
            raise QuantityError(f"the choice {label!r}", f"a number{_in(unit)}")
        _within(float(label.replace("_", "")), unit or "1", low, high)
    weights = tuple(_plain(weight, "1") for weight in inner.values())
    if min(weights) < 0.0 or abs(sum(weights) - 1.0) > 1e-6:
        raise QuantityError(
            f"probabilities that add up to {sum(weights):g}",
            "probabilities of at least 0 that add up to 1",
        )
    return Quantity("choice", weights, unit or "1", choices=labels, low=low, high=high)


def _shared(inner: Any, times: Any, unit: str | None, low: float, high: float) -> Quantity:
    if not isinstance(inner, str) or not inner.strip():
        raise QuantityError(f"unknown: {describe(inner)}", "the name of an entry under unknowns")
    known = inner if inner.startswith(("unknowns.", "kinds.")) else f"unknowns.{inner}"
    factor = _plain(times, "1")
    return Quantity(
        "shared", (), unit or "1", unknown=known, times=factor, low=low, high=high
    )  # fmt: skip


def read_basis(written: Any) -> Basis | None:
    """Read the value of a ``basis:`` key; None if it is left out."""
    if written is None:
        return None
    if written not in BASES:
        raise QuantityError(f"basis {describe(written)}", f"one of {', '.join(BASES)}")
    basis: Basis = written
    return basis


def read_source(written: Any) -> str | None:
    """Read the value of a ``source:`` key; None if it is left out."""
    if written is None:
        return None
    if isinstance(written, bool) or not isinstance(written, str | int | float):
        raise QuantityError(f"source {describe(written)}", "a text or the name of a source")
    return str(written)


def change(quantity: Quantity, written: Any) -> Quantity:
    """Return the quantity after a what-if's change.

    ``* 2`` and ``+ 100`` act on the drawn value; anything else replaces the quantity, and its
    source with it.

    >>> change(read_quantity(40, unit="sorties/day"), "* 2").times
    2.0
    """
    short = isinstance(written, str) and len(written) <= LONGEST
    match = _CHANGE.match(written) if short else None
    if match is None:
        return read_quantity(
            written, unit=quantity.unit, low=quantity.low, high=quantity.high, name=quantity.name
        )
    sign, amount = match[1] or match[3], float((match[2] or match[4]).replace("_", ""))
    if sign == "*":
        return replace(quantity, times=quantity.times * amount, plus=quantity.plus * amount)
    return replace(quantity, plus=quantity.plus + (amount if sign == "+" else -amount))


def describe(written: Any) -> str:
    """Short description of a value found in a file, for an error."""
    if written is None:
        return "nothing"
    if isinstance(written, Mapping):
        return "a mapping"
    if isinstance(written, str):
        return repr(written if len(written) <= 60 else written[:57] + "...")
    if isinstance(written, Sequence):
        return "a list"
    if isinstance(written, bool):
        return "true" if written else "false"
    return str(written)


def _plain(written: Any, unit: str | None) -> float:
    if isinstance(written, str):
        return _measured(written, unit)[0]
    if isinstance(written, bool) or not isinstance(written, int | float):
        raise QuantityError(describe(written), f"a number{_in(unit)}")
    return _to_float(written)


def _to_float(number: float) -> float:
    try:
        value = float(number)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise QuantityError(f"{value}", "a finite number")
    return value


def _within(value: float, unit: str, low: float, high: float) -> None:
    if low <= value <= high:
        return
    if math.isinf(high):
        expected = f"at least {low:g}"
    elif math.isinf(low):
        expected = f"at most {high:g}"
    else:
        expected = f"a number from {low:g} to {high:g}"
    raise QuantityError(f"{value:g}{_unit(unit)}", f"{expected}{_unit(unit)}")


def _unit(unit: str) -> str:
    return "" if unit == "1" else f" {unit}"


def _in(unit: str | None) -> str:
    return "" if unit in (None, "1") else f" in {unit}"
