"""The parts of a scenario as they are found: one theatre and at most one argument.

Both may stand in one file, or the argument names its theatre (``about:``) in the same folder or in
the library.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from contingent.errors import ScenarioError
from contingent.scenario.document import Document, read_documents
from contingent.scenario.extends import find, neighbour, resolve
from contingent.scenario.faults import Fault, Mark, fault_at, faults_of, nearest
from contingent.scenario.fields import IDENTIFIER
from contingent.scenario.located import Layout, as_tree, lay_out

VERSION = 1
"""Version of the language that this program reads."""


@dataclass(frozen=True)
class Parts:
    """Located data of a theatre and of an argument.

    Attributes
    ----------
    theatre, argument : data with positions; None where there is none
    faults : what kept a part from being found
    files : all files that were named
    """

    theatre: Layout | None
    argument: Layout | None
    faults: tuple[Fault, ...]


def read_parts(name: str | Path) -> Parts:
    """Read the parts of a file or library name, with ``extends`` and ``patch`` resolved.

    Raises
    ------
    ScenarioError
        if nothing can be read at all.
    """
    path = find(name)
    return arrange(read_documents(path), path)


def arrange(documents: list[Document], path: Path) -> Parts:
    """Sort documents into theatre and argument, and fetch the theatre an argument is about."""
    theatres, arguments, faults = [], [], []
    for document in documents:
        mark = document.mark(())
        if not isinstance(document.data, dict):
            faults.append(fault_at(mark, "no mapping", "a theatre or an argument"))
        elif "theatre" in document.data:
            theatres.append(document)
        elif "argument" in document.data:
            arguments.append(document)
        else:
            close = nearest(" ".join(document.data)[:40], ("theatre", "argument"))
            faults.append(
                fault_at(
                    mark, "neither a theatre nor an argument", "the key 'theatre' or 'argument'",
                    nearest=close,
                )
            )  # fmt: skip
    for extra in [*theatres[1:], *arguments[1:]]:
        faults.append(
            fault_at(extra.mark(()), "a second one", "one theatre and one argument in a file")
        )
    argument = lay_out(as_tree(arguments[0])) if arguments else None
    theatre: Layout | None = None
    try:
        if theatres:
            theatre = lay_out(resolve(theatres[0]))
        elif argument is not None:
            theatre = _fetch(argument, path)
    except ScenarioError as error:
        faults += faults_of(error)
    unreadable = _version(theatre) if theatre is not None else []
    if unreadable:
        faults, theatre, argument = [*faults, *unreadable], None, None
    return Parts(theatre, argument, tuple(faults))


def _fetch(argument: Layout, path: Path) -> Layout | None:
    """Theatre that an argument is about."""
    about = argument.data.get("about")
    if not isinstance(about, str) or not IDENTIFIER.match(about):
        return None
    mark = argument.mark(("about",))
    found = neighbour(about, path.parent, mark, "about")
    for document in read_documents(found):
        if isinstance(document.data, dict) and "theatre" in document.data:
            return lay_out(resolve(document))
    raise ScenarioError(
        [fault_at(mark, f"{about!r}, which holds no theatre", "a theatre", name="about")]
    )


def _version(theatre: Layout) -> list[Fault]:
    """Fault of an unknown version of the language; a missing one is found with the other keys."""
    version = theatre.data.get("contingent", VERSION)
    if version == VERSION and not isinstance(version, bool):
        return []
    mark = theatre.mark(("contingent",)) if ("contingent",) in theatre.marks else Mark("", 0, 0)
    fault = fault_at(
        mark, f"version {version} of the language", f"version {VERSION}", name="contingent",
        next_step="install the version of Contingent that reads it",
    )  # fmt: skip
    return [fault]
