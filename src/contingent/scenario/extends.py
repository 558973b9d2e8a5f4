"""Theatres that build on others: ``extends:`` names a file, ``patch:`` changes single entries.

Mappings merge key by key; lists of entries merge by the entries' names, lists of plain values and
quantities are replaced. Then ``patch`` sets (or with null removes) what a dotted name points at. A
base lies in the folder of the file that names it, or in the library: nowhere else, and symbolic
links count as what they point at.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from contingent.errors import ScenarioError
from contingent.scenario.document import LIBRARY, Document, read_documents
from contingent.scenario.faults import Fault, Mark, fault_at, nearest
from contingent.scenario.fields import IDENTIFIER
from contingent.scenario.located import Node, as_tree, entry_names
from contingent.scenario.naming import OMITTED
from contingent.scenario.written import FORMS

PRIORS = ("kinds", "defaults", "model")
"""Files of the library that hold priors and are no theatres."""
LONGEST_CHAIN = 20


def library_names() -> tuple[str, ...]:
    """Names of the library's theatres and arguments, sorted."""
    names = (path.stem for path in LIBRARY.glob("*.yaml"))
    return tuple(sorted(name for name in names if name not in PRIORS and IDENTIFIER.match(name)))


def find(name: str | Path) -> Path:
    """File of a path, a library name, or a path whose ``.yaml`` was left out.

    Raises
    ------
    ScenarioError
        if there is neither such a file nor such a name; names the nearest one.
    """
    path = Path(name)
    text = str(name)
    try:
        if path.exists():
            return path
        if text in library_names():
            return LIBRARY / f"{text}.yaml"
        written = path.with_name(f"{path.name}.yaml")
        if written.is_file():
            return written
    except (OSError, ValueError):
        pass
    fault = fault_at(
        Mark(text[:200], 0, 0),
        "no such file",
        "a YAML file or one of the library: " + ", ".join(library_names()),
        nearest=nearest(path.name.removesuffix(".yaml"), library_names()),
    )
    raise ScenarioError([fault])


def neighbour(reference: str, folder: Path, mark: Mark, name: str) -> Path:
    """File that a reference in a file means: in the file's folder or in the library.

    Parameters
    ----------
    reference : file name, relative path or library name
    folder : folder of the file that holds the reference
    mark, name : position and dotted name of the reference, for the fault
    """
    written = reference if reference.endswith((".yaml", ".yml")) else f"{reference}.yaml"
    homes = [folder.resolve(), LIBRARY.resolve()]
    places = []
    try:
        for path in (folder / written, LIBRARY / written):
            inside = any(path.resolve().is_relative_to(home) for home in homes)
            if inside and path.is_file():
                return path
            places.append(inside)
    except (OSError, ValueError, RuntimeError):
        places = [True]
    names = {p.stem for p in folder.glob("*.yaml")} | set(library_names())
    expected = "a file in the same folder or a name of the library"
    if not all(places):
        fault = fault_at(mark, f"{reference!r}, which lies outside", expected, name=name)
    else:
        close = nearest(reference.removesuffix(".yaml"), names)
        fault = fault_at(
            mark, f"{reference!r}, which is not there", expected, name=name, nearest=close
        )
    raise ScenarioError([fault])


def resolve(document: Document, chain: tuple[Path, ...] = ()) -> Node:
    """Return the tree of a theatre with its bases merged in and its patches applied."""
    root = as_tree(document)
    arrange_forces(root)
    if not isinstance(root.value, dict):
        return root
    chain = (*chain, document.file.resolve())
    base = root.value.pop("extends", None)
    patch = root.value.pop("patch", None)
    if base is not None:
        root = merge(_base(base, document.file, chain), root)
    if patch is not None:
        apply_patch(root, patch)
    return root


def _base(reference: Node, file: Path, chain: tuple[Path, ...]) -> Node:
    """Tree of the theatre that `reference` names."""
    if not isinstance(reference.value, str):
        fault = fault_at(reference.mark, "something else", "the name of a file", name="extends")
        raise ScenarioError([fault])
    path = neighbour(reference.value, file.parent, reference.mark, "extends")
    found = _endless(path.resolve(), chain)
    if not found:
        for document in read_documents(path):
            if isinstance(document.data, dict) and "theatre" in document.data:
                return resolve(document, chain)
        found = f"{reference.value!r}, which holds no theatre"
    raise ScenarioError(
        [fault_at(reference.mark, found, "a theatre in another file", name="extends")]
    )


def _endless(path: Path, chain: tuple[Path, ...]) -> str:
    """What is wrong with following a chain of files to `path`; empty if nothing is."""
    if path in chain:
        circle = (*chain[chain.index(path) :], path)
        return "a circle: " + " → ".join(step.name for step in circle)
    if len(chain) >= LONGEST_CHAIN:
        return f"a chain of more than {LONGEST_CHAIN} files"
    return ""


def merge(base: Node, top: Node) -> Node:
    """Merge two trees; where both say something, `top` wins."""
    if isinstance(base.value, dict) and isinstance(top.value, dict):
        if any(key in FORMS for key in (*base.value, *top.value)):
            return top
        merged = dict(base.value)
        for key, item in top.value.items():
            merged[key] = merge(merged[key], item) if key in merged else item
        return Node(merged, top.mark, top.key)
    if isinstance(base.value, list) and isinstance(top.value, list):
        entries = [*base.value, *top.value]
        if all(isinstance(entry.value, dict) for entry in entries):
            return _merge_lists(base, top)
    return top


def _merge_lists(base: Node, top: Node) -> Node:
    by_name = dict(zip(entry_names(base.value), base.value, strict=True))
    for name, entry in zip(entry_names(top.value), top.value, strict=True):
        anonymous = name.isdigit()
        key = f"{name} of {top.mark}" if anonymous else name
        by_name[key] = merge(by_name[key], entry) if key in by_name else entry
    return Node(list(by_name.values()), top.mark, top.key)


def arrange_forces(root: Node) -> None:
    """Turn ``forces: {place: {…}}`` into a list of forces that name their place."""
    actors = _child(root, "actors")
    if actors is None or not isinstance(actors.value, dict):
        return
    for actor in actors.value.values():
        forces = _child(actor, "forces")
        if forces is not None and isinstance(forces.value, dict):
            forces.value = [
                entry for place, item in forces.value.items() for entry in _placed(place, item)
            ]


def _placed(place: str, item: Node) -> list[Node]:
    if isinstance(item.value, list):
        return [entry for inner in item.value for entry in _placed(place, inner)]
    if not isinstance(item.value, dict):
        return [item]
    at = item.value.get("at")
    if at is not None and at.value != place:
        fault = fault_at(at.mark, f"at: {at.value} under the place {place!r}", "one place")
        raise ScenarioError([fault])
    return [Node({"at": Node(place, item.key, item.key), **item.value}, item.mark, item.key)]


def _child(node: Node, key: str) -> Node | None:
    found = node.value.get(key) if isinstance(node.value, dict) else None
    return found if isinstance(found, Node) else None


def apply_patch(root: Node, patch: Node) -> None:
    """Set or remove what the dotted names of `patch` point at."""
    if not isinstance(patch.value, dict):
        fault = fault_at(patch.mark, "something else", "dotted names and values", name="patch")
        raise ScenarioError([fault])
    found = [_patch_one(root, dotted, item) for dotted, item in patch.value.items()]
    faults = [fault for fault in found if fault is not None]
    if faults:
        raise ScenarioError(faults)


def _patch_one(root: Node, dotted: str, item: Node) -> Fault | None:
    parts = dotted.split(".")
    if parts[0] not in root.value and OMITTED in root.value:
        parts = [OMITTED, *parts]
    node = root
    while True:
        names = _names(node)
        taken = next(
            (n for n in range(len(parts), 0, -1) if ".".join(parts[:n]) in names), None
        )  # fmt: skip
        if taken is None or taken == len(parts):
            break
        node = node.value[names[".".join(parts[:taken])]]
        parts = parts[taken:]
    last = ".".join(parts)
    if taken is None and (len(parts) > 1 or not isinstance(node.value, dict | list)):
        return fault_at(
            item.key,
            f"the name {dotted!r}, which points at nothing",
            "the dotted name of an entry",
            name="patch",
            nearest=nearest(parts[0], names),
        )
    return _set(node, names.get(last, last), last, item)


def _names(node: Node) -> dict[str, Any]:
    """Key or position of each part of a node by its name."""
    if isinstance(node.value, dict):
        return {key: key for key in node.value}
    if isinstance(node.value, list):
        return {name: position for position, name in enumerate(entry_names(node.value))}
    return {}


def _set(node: Node, key: Any, name: str, item: Node) -> Fault | None:
    present = isinstance(key, int) or (isinstance(node.value, dict) and key in node.value)
    if item.value is None:
        if not present:
            return fault_at(
                item.key, f"nothing called {name!r} to remove", "the dotted name of an entry",
                name="patch", nearest=nearest(name, _names(node)),
            )  # fmt: skip
        del node.value[key]
    elif isinstance(node.value, dict) or present:
        node.value[key] = item
    else:
        node.value.append(_labelled(node.value, name, item))
    return None


def _labelled(siblings: list[Node], name: str, item: Node) -> Node:
    """Give a new entry of a list the name it was patched in under."""
    if not isinstance(item.value, dict) or "id" in item.value or "at" in item.value:
        return item
    placed = any(isinstance(one.value, dict) and "at" in one.value for one in siblings)
    key = "at" if placed else "id"
    return Node({key: Node(name, item.key, item.key), **item.value}, item.mark, item.key)
