"""A document as a tree whose every node knows its position, for merging and patching.

Merging moves entries about; a tree that carries its positions cannot lose them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from contingent.scenario.document import Document, Location
from contingent.scenario.faults import Mark
from contingent.scenario.naming import OMITTED, join, keys_of


@dataclass
class Node:
    """A value with the position of the value and of its key.

    Attributes
    ----------
    value : mapping of nodes, list of nodes, or scalar
    mark, key : position of the value and of its key (of the value where there is no key)
    """

    value: Any
    mark: Mark
    key: Mark


@dataclass
class Layout:
    """A tree taken apart again: plain data, and where everything stood.

    Attributes
    ----------
    data : mapping, list or scalar
    marks, keys : position of the value and of its key at each location
    names : dotted name of each location
    locations : location of each dotted name
    """

    data: Any
    marks: dict[Location, Mark] = field(default_factory=dict)
    keys: dict[Location, Mark] = field(default_factory=dict)
    names: dict[Location, str] = field(default_factory=dict)
    locations: dict[str, Location] = field(default_factory=dict)

    def mark(self, location: Location) -> Mark:
        """Position of the value at a location, or of the nearest entry around it."""
        while location and location not in self.marks:
            location = location[:-1]
        return self.marks[location]

    def key_mark(self, location: Location) -> Mark:
        """Position of the key at a location, or of the nearest entry around it."""
        return self.keys[location] if location in self.keys else self.mark(location)

    def in_one_file(self, first: str, second: str) -> bool:
        """Tell whether the entries with two dotted names stand in the same file."""
        return self.mark_of(first).file == self.mark_of(second).file

    def mark_of(self, dotted: str) -> Mark:
        """Position of the entry with a dotted name, or of the nearest entry around it."""
        parts = dotted.split(".")
        while parts and ".".join(parts) not in self.locations:
            parts.pop()
        return self.key_mark(self.locations[".".join(parts)]) if parts else self.marks[()]


def as_tree(document: Document) -> Node:
    """Return the document as a tree."""

    def node(value: Any, location: Location) -> Node:
        inner: Any = value
        if isinstance(value, dict):
            inner = {key: node(item, (*location, key)) for key, item in value.items()}
        elif isinstance(value, list):
            inner = [node(item, (*location, i)) for i, item in enumerate(value)]
        return Node(inner, document.mark(location), document.key_mark(location))

    return node(document.data, ())


def plain(node: Node) -> Any:
    """Return the plain data of a tree."""
    if isinstance(node.value, dict):
        return {key: plain(item) for key, item in node.value.items()}
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return node.value


def entry_names(entries: Sequence[Node]) -> list[str]:
    """Names of the entries of a list node."""
    return keys_of([plain(entry) for entry in entries])


def lay_out(root: Node) -> Layout:
    """Take a tree apart into plain data and positions."""
    layout = Layout(plain(root))

    def visit(node: Node, location: Location, name: str) -> None:
        layout.marks[location] = node.mark
        layout.keys[location] = node.key
        layout.names[location] = name
        if name:
            layout.locations.setdefault(name, location)
        if isinstance(node.value, dict):
            for key, item in node.value.items():
                visit(item, (*location, key), join(name, key))
        elif isinstance(node.value, list):
            for position, (key, item) in enumerate(
                zip(entry_names(node.value), node.value, strict=True)
            ):
                visit(item, (*location, position), join(name, key))

    visit(root, (), "")
    layout.locations.setdefault(OMITTED, (OMITTED,))
    return layout
