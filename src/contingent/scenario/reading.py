"""From a located document to the specification: every fault of form, each with its position.

An entry that cannot be read is replaced by a stand-in, so that the checks of meaning can still run
over the rest and all faults come out at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from types import UnionType
from typing import Annotated, Any, Generic, Literal, TypeVar, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from contingent.scenario.document import Location
from contingent.scenario.faults import Fault, fault_at, nearest
from contingent.scenario.fields import Measure, Spec, written_fields
from contingent.scenario.located import Layout
from contingent.scenario.quantities import UNSET
from contingent.scenario.types import Theatre
from contingent.scenario.written import describe

Model = TypeVar("Model", bound=Spec)
WORDS = (
    (datetime.date, "a date such as 2020-01-31"),
    (str, "a text"),
    (tuple, "a list"),
    (float, "a number"),
    (int, "a whole number"),
)
ROUNDS = 60
"""How often a document is read again without what was faulty; each round takes out something."""


@dataclass
class Reading(Generic[Model]):
    """What came of reading a document.

    Attributes
    ----------
    spec : the specification without the faulty parts; None if nothing is left of it
    layout : plain data and positions
    faults : faults of form
    doubtful : dotted names of entries of which something was taken out
    """

    spec: Model | None
    layout: Layout
    faults: list[Fault] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)


def read_spec(model: type[Model], layout: Layout) -> Reading[Model]:
    """Read a document as `model`, gathering every fault."""
    reading: Reading[Model] = Reading(None, layout)
    trial = _Trial(deepcopy(layout.data))
    for _ in range(ROUNDS):
        try:
            reading.spec = model.model_validate(trial.data)
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=True)
        else:
            return reading
        for detail in details:
            location = trial.original(_location(detail))
            if not trial.was_changed(location):
                reading.faults.append(_fault(model, detail, location, layout))
            reading.doubtful.add(layout.names.get(location[:-1], ""))
        if not trial.mend(model, details):
            return reading
    return reading


def _location(detail: ErrorDetails) -> Location:
    """Location in the data; marks of pydantic's own are left out."""
    return tuple(part for part in detail["loc"] if part != "[key]")


def _whole(model: type[Spec], location: Location) -> Location:
    """Location of the list itself for an item of a list of fixed length."""
    if location and isinstance(location[-1], int):
        bare = _bare(_options(annotation_at(model, location[:-1]))[0])
        if get_origin(bare) is tuple and Ellipsis not in get_args(bare):
            return location[:-1]
    return location


class _Trial:
    """Data from which faulty values are taken out, until what is left can be read."""

    def __init__(self, data: Any) -> None:
        self.data = data
        self.changed: set[Location] = set()
        self.positions: dict[Location, list[int]] = {}

    def original(self, location: Location) -> Location:
        """Location in the document of a location in the present data."""
        original: Location = ()
        for part in location:
            if isinstance(part, int) and original in self.positions:
                kept = self.positions[original]
                part = kept[part] if part < len(kept) else part
            original = (*original, part)
        return original

    def was_changed(self, original: Location) -> bool:
        """Tell whether a fault there only follows from what was taken out."""
        return any(original[: len(gone)] == gone for gone in self.changed)

    def mend(self, model: type[Spec], details: list[ErrorDetails]) -> bool:
        """Replace or take out everything that is faulty; False if nothing could be done."""
        gone: set[Location] = set()
        mended = False
        for detail in details:
            location = _whole(model, _location(detail))
            original = self.original(location)
            stand_in = None
            if detail["type"] != "extra_forbidden" and original not in self.changed:
                stand_in = _stand_in(annotation_at(model, location))
            self.changed.add(original)
            if stand_in is not None:
                mended = self._store(location, stand_in) or mended
            elif detail["type"] == "missing" and location == _location(detail):
                gone.add(location[:-1])
            else:
                gone.add(location)
        for location in sorted(gone, key=lambda place: [str(part) for part in place]):
            self.changed.add(self.original(location))
        outermost = [
            place for place in gone if not any(place[:n] in gone for n in range(len(place)))
        ]
        for location in sorted(outermost, key=_late_first, reverse=True):
            mended = self._delete(location) or mended
        return mended

    def _store(self, location: Location, value: Any) -> bool:
        try:
            self._follow(location[:-1])[location[-1]] = value
        except (KeyError, IndexError, TypeError):
            return False
        return True

    def _delete(self, location: Location) -> bool:
        if not location:
            return False
        try:
            parent = self._follow(location[:-1])
            if isinstance(parent, list):
                where = self.original(location[:-1])
                kept = self.positions.setdefault(where, list(range(len(parent))))
                del kept[int(location[-1])]
            del parent[location[-1]]
        except (KeyError, IndexError, TypeError, ValueError):
            return False
        return True

    def _follow(self, location: Location) -> Any:
        data = self.data
        for part in location:
            data = data[part]
        return data


def _late_first(location: Location) -> list[tuple[int, str]]:
    """Sorting key that puts later entries of a list behind earlier ones."""
    return [(part, "") if isinstance(part, int) else (-1, part) for part in location]


def _stand_in(annotation: Any) -> Any:
    """Return a value that is accepted in place of a faulty one; None if there is no neutral one."""
    if any(isinstance(extra, Measure) for extra in getattr(annotation, "__metadata__", ())):
        return UNSET
    for option in _options(annotation):
        if any(isinstance(extra, Measure) for extra in getattr(option, "__metadata__", ())):
            return UNSET
        if get_origin(_bare(option)) is Literal:
            return get_args(_bare(option))[0]
    return None


def _bare(annotation: Any) -> Any:
    """Return the annotation without its metadata."""
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _options(annotation: Any) -> tuple[Any, ...]:
    """Return the members of a union other than None, or the annotation itself."""
    bare = _bare(annotation)
    if get_origin(bare) in (Union, UnionType):
        return tuple(option for option in get_args(bare) if option is not type(None))
    return (annotation,)


def annotation_at(model: type[Spec], location: Location) -> Any:
    """Return the type of the field at a location in the data of `model`; None if there is none."""
    annotation: Any = model
    for part in location:
        annotation = _options(annotation)[0]
        bare = _bare(annotation)
        origin = get_origin(bare)
        if isinstance(bare, type) and issubclass(bare, Spec):
            annotation = written_fields(bare).get(str(part))
        elif origin is dict:
            annotation = get_args(bare)[1]
        elif origin is tuple:
            members = [item for item in get_args(bare) if item is not Ellipsis]
            position = part if isinstance(part, int) and part < len(members) else 0
            annotation = members[position]
        else:
            return None
        if annotation is None:
            return None
    return annotation


def _model_at(model: type[Spec], location: Location) -> type[Spec] | None:
    bare = _bare(_options(annotation_at(model, location))[0])
    return bare if isinstance(bare, type) and issubclass(bare, Spec) else None


def _fault(model: type[Spec], detail: ErrorDetails, location: Location, layout: Layout) -> Fault:
    """Fault with position and wording for one error of validation."""
    name = layout.names.get(location)
    if name is None:
        around = layout.names.get(location[:-1], "")
        name = f"{around}.{location[-1]}" if around else str(location[-1]) if location else ""
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    if kind == "contingent":
        at_key = "[key]" in detail["loc"]
        mark = layout.key_mark(location) if at_key else layout.mark(location)
        return fault_at(
            mark, context["found"], context["expected"], name=name, next_step=context["next_step"]
        )
    if kind == "missing":
        key = str(location[-1])
        expected = _wanted(annotation_at(model, location))
        found = f"no {key!r}"
        return fault_at(layout.key_mark(location[:-1]), found, f"{key}: {expected}", name=name)
    if kind == "extra_forbidden":
        owner = _model_at(model, location[:-1])
        keys = _keys(owner) if owner is not None else []
        return fault_at(
            layout.key_mark(location), f"the unknown key {str(location[-1])!r}",
            "one of " + ", ".join(keys), name=name, nearest=nearest(str(location[-1]), keys),
        )  # fmt: skip
    if kind == "literal_error":
        options = [str(item) for item in _literals(annotation_at(model, location))]
        return fault_at(
            layout.mark(location), describe(value), "one of " + ", ".join(options), name=name,
            nearest=nearest(str(value), options),
        )  # fmt: skip
    return fault_at(layout.mark(location), describe(value), _expected(kind, context), name=name)


def _keys(owner: type[Spec]) -> list[str]:
    """Keys that may be written in an entry."""
    keys = [key for key in written_fields(owner) if key != "kinds"]
    return [*keys, "extends", "patch"] if owner is Theatre else keys


def _literals(annotation: Any) -> Iterable[Any]:
    return get_args(_bare(_options(annotation)[0]))


def _wanted(annotation: Any) -> str:
    """What a field takes, in words."""
    for option in _options(annotation):
        bare = _bare(option)
        if get_origin(bare) is Literal:
            return "one of " + ", ".join(map(str, get_args(bare)))
        for extra in getattr(option, "__metadata__", ()):
            if isinstance(extra, Measure):
                unit = "" if extra.unit in (None, "1") else f" in {extra.unit}"
                return f"a number{unit}"
        for kind, words in WORDS:
            if bare is kind or get_origin(bare) is kind:
                return words
    return "a mapping of keys and values"


def _expected(kind: str, context: dict[str, Any]) -> str:
    """Words for the kinds of error that validation knows of itself."""
    if kind in ("tuple_type", "list_type"):
        return "a list"
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return "a mapping of keys and values"
    if kind in ("too_short", "too_long"):
        wanted = context.get("min_length") or context.get("max_length")
        return f"a list of {wanted} entries"
    if kind == "greater_than_equal":
        return f"at least {context['ge']:g}"
    if kind == "less_than_equal":
        return f"at most {context['le']:g}"
    if kind.startswith("float") or kind == "finite_number":
        return "a finite number"
    if kind.startswith("bool"):
        return "true or false"
    return "a value of another type"
