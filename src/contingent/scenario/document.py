"""Read YAML 1.2 into plain data with the position of every node.

The reader builds the data from the stream of YAML events with its own stack, so that no input can
exhaust Python's: size, depth and number of nodes are limited, aliases count with what they expand
to, tags are refused. Only plain scalars are interpreted: null, true, false, numbers (``30_000``
too) and dates; ``on`` and ``off`` are texts, as YAML 1.2 has it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from contingent.errors import ScenarioError
from contingent.scenario.faults import Fault, Mark, fault_at
from contingent.scenario.files import file_fault, read_text

LIBRARY = Path(__file__).parent / "library"
MOST_NODES = 50_000
MOST_DUPLICATES = 50
DEEPEST = 40
LONGEST_NUMBER = 24
"""Characters; a longer scalar, such as a digest, stays text."""

STANDARD_TAG = "tag:yaml.org,2002:"

Location = tuple[str | int, ...]
_INTEGER = re.compile(r"[+-]?\d[\d_]*\Z")
_FLOAT = re.compile(r"[+-]?(?:\d[\d_]*)?\.?\d[\d_]*\.?(?:[eE][+-]?\d+)?\Z")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_EXPECTED = re.compile(r"expected (.*?),? but (?:got|found) (.*)")
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    ".nan": float("nan"), ".NaN": float("nan"), ".NAN": float("nan"),
    ".inf": float("inf"), "+.inf": float("inf"), "-.inf": float("-inf"),
    ".Inf": float("inf"), "-.Inf": float("-inf"),
}  # fmt: skip


@dataclass
class Document:
    """One YAML document as plain data.

    Attributes
    ----------
    data : mapping, list or scalar; the keys of mappings are texts
    marks : position of the value at each location (a path of keys and list positions)
    keys : position of the key at each location
    file : where it was read
    """

    file: Path
    data: Any = None
    marks: dict[Location, Mark] = field(default_factory=dict)
    keys: dict[Location, Mark] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def mark(self, location: Location) -> Mark:
        """Position of the value at a location, or of the nearest entry around it."""
        while location and location not in self.marks:
            location = location[:-1]
        return self.marks.get(location, Mark(str(self.file), 1, 1))

    def key_mark(self, location: Location) -> Mark:
        """Position of the key at a location; of the value where there is no key."""
        return self.keys.get(location) or self.mark(location)


@dataclass
class _Frame:
    """A mapping or list that is being built."""

    container: dict[str, Any] | list[Any]
    location: Location
    anchor: str | None
    nodes_before: int
    key: str | None = None
    deepest: int = 0


@dataclass
class _Anchored:
    """A value with a name, its expanded size and depth."""

    value: Any
    nodes: int
    depth: int


def read_documents(path: Path) -> list[Document]:
    """Read all documents of a file.

    Raises
    ------
    ScenarioError
        if the file is missing, too large, not text, or not acceptable YAML.
    """
    return parse_documents(read_text(path), path)


def read_plain(path: Path) -> dict[str, Any]:
    """Read the single mapping of one of the library's own files."""
    data = read_documents(path)[0].data
    return data if isinstance(data, dict) else {}


def parse_documents(text: str, path: Path) -> list[Document]:
    """Read all documents of a text; `path` is named in faults.

    The same text is parsed once: nobody changes a document.
    """
    return list(_parse(text, path))


@lru_cache(maxsize=16)
def _parse(text: str, path: Path) -> tuple[Document, ...]:
    builder = _Builder(path)
    try:
        for event in _events(text):
            builder.take(event)
    except MarkedYAMLError as error:
        raise ScenarioError([_syntax_fault(error, text, path)]) from None
    except ReaderError as error:
        raise ScenarioError([_character_fault(error, text, path)]) from None
    except (YAMLError, RecursionError, ValueError, OverflowError) as error:
        reason = str(error).strip().splitlines()
        found = reason[0] if reason else type(error).__name__
        raise ScenarioError([file_fault(path, f"unreadable YAML: {found}", "YAML 1.2")]) from None
    documents = [document for document in builder.documents if document.data is not None]
    faults = [fault for document in builder.documents for fault in document.faults]
    if faults:
        raise ScenarioError(faults)
    if not documents:
        raise ScenarioError(
            [file_fault(path, "an empty file", "a theatre or an argument",
                         "`contingent new NAME` writes a starter")]
        )  # fmt: skip
    return tuple(documents)


def _character_fault(error: ReaderError, text: str, path: Path) -> Fault:
    """Fault for a character that no YAML may hold."""
    position = max(text.find(chr(error.character)), 0)
    line = text.count("\n", 0, position) + 1
    column = position - (text.rfind("\n", 0, position) + 1) + 1
    return fault_at(
        Mark(str(path), line, column),
        f"the character U+{ord(text[position]):04X}",
        "text without control characters",
    )


def _events(text: str) -> Iterator[Any]:
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    yield from reader.parse(text)


def _syntax_fault(error: MarkedYAMLError, text: str, path: Path) -> Fault:
    """Fault for something that is not YAML, in words of this program."""
    position = error.problem_mark or error.context_mark
    line = position.line if position is not None else 0
    column = position.column if position is not None else 0
    lines = text.splitlines()
    written = lines[line] if line < len(lines) else ""
    problem = (error.problem or "something that is not YAML").strip()
    wanted = "YAML 1.2"
    parted = _EXPECTED.match(problem)
    if parted is not None:
        wanted, problem = parted[1], parted[2].strip("(),")
    problem = problem.removeprefix("found ")
    step = ""
    if "\t" in written[: column + 1] or "\\t" in problem:
        column = written.find("\t") if "\t" in written else column
        problem, wanted, step = "a tab", "spaces", "indent with spaces"
    elif "mapping values are not allowed" in problem:
        step = "put a text that holds a colon in quotes, or check the indentation"
    elif "could not find expected ':'" in problem or "simple key" in problem:
        step = "every entry is `key: value`; check the line for a missing colon"
    elif "expected <block end>" in problem or "did not find expected" in problem:
        step = "check the indentation and the brackets"
    return fault_at(
        Mark(str(path), line + 1, column + 1),
        problem,
        wanted,
        next_step=step,
        excerpt=f"  {written[:100]}\n  {' ' * column}^" if written and column < 100 else "",
    )


class _Builder:
    """Builds documents from events, without recursion and within the limits."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.documents: list[Document] = []
        self.document = Document(path)
        self.stack: list[_Frame] = []
        self.anchors: dict[str, _Anchored] = {}
        self.nodes = 0

    def take(self, event: Any) -> None:
        """Take the next event."""
        if isinstance(event, DocumentStartEvent):
            self._start(event)
        elif isinstance(event, DocumentEndEvent):
            self.documents.append(self.document)
        elif isinstance(event, AliasEvent):
            self._alias(event)
        elif isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._open(event)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._close()

    def _start(self, event: Any) -> None:
        self.document = Document(self.path)
        self.anchors = {}
        if event.version is not None and tuple(event.version) != (1, 2):
            version = ".".join(map(str, event.version))
            self._refuse(event, f"a document in YAML {version}", "YAML 1.2")

    def _open(self, event: Any) -> None:
        self._plain(event)
        if len(self.stack) >= DEEPEST:
            self._refuse(event, f"nesting deeper than {DEEPEST} levels", "a flatter document")
        if self._awaits_key():
            self._refuse(event, "a mapping or list as a key", "a text as a key")
        before = self.nodes
        container: dict[str, Any] | list[Any]
        container = {} if isinstance(event, MappingStartEvent) else []
        location = self._put(container, event)
        self.stack.append(_Frame(container, location, event.anchor, before))

    def _close(self) -> None:
        frame = self.stack.pop()
        if frame.anchor is not None:
            size = self.nodes - frame.nodes_before
            self.anchors[frame.anchor] = _Anchored(frame.container, size, frame.deepest + 1)
        if self.stack:
            self.stack[-1].deepest = max(self.stack[-1].deepest, frame.deepest + 1)

    def _scalar(self, event: Any) -> None:
        self._plain(event)
        if (wrong := _NO_TEXT.search(event.value)) is not None:
            self._refuse(
                event, f"the character U+{ord(wrong[0]):04X}, which is no text",
                "letters, digits, signs and line breaks",
            )  # fmt: skip
        if self._awaits_key():
            self._key(event)
            return
        value = interpret(event.value) if event.style is None else event.value
        self._put(value, event)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(value, 1, 0)

    def _key(self, event: Any) -> None:
        frame = self.stack[-1]
        location = (*frame.location, event.value)
        if location in self.document.keys:
            first = self.document.keys[location].line
            self.document.faults.append(
                fault_at(
                    self._mark(event),
                    f"the key {event.value!r} a second time (first in line {first})",
                    "each key once",
                    name=".".join(map(str, location)),
                )
            )
            if len(self.document.faults) >= MOST_DUPLICATES:
                raise ScenarioError(self.document.faults)
            self._forget(location)
        self.document.keys[location] = self._mark(event)
        frame.key = event.value

    def _forget(self, location: Location) -> None:
        """Forget the keys within an entry that is written a second time."""
        depth = len(location)
        inner = [key for key in self.document.keys if key[:depth] == location]
        for key in inner:
            del self.document.keys[key]

    def _alias(self, event: Any) -> None:
        if self._awaits_key():
            self._refuse(event, "an alias as a key", "a text as a key")
        if event.anchor not in self.anchors:
            self._refuse(
                event,
                f"the alias *{event.anchor}, which nothing before it names",
                f"an anchor &{event.anchor} on a value that is complete",
            )
        anchored = self.anchors[event.anchor]
        if len(self.stack) + anchored.depth > DEEPEST:
            self._refuse(event, f"nesting deeper than {DEEPEST} levels", "a flatter document")
        self.nodes += anchored.nodes - 1
        self._put(anchored.value, event)
        self.stack[-1].deepest = max(self.stack[-1].deepest, anchored.depth)

    def _put(self, value: Any, event: Any) -> Location:
        """Store a value where it belongs and return its location."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self._refuse(
                event, f"more than {MOST_NODES:,} values, aliases expanded", "a smaller document"
            )
        if not self.stack:
            location: Location = ()
            self.document.data = value
        else:
            frame = self.stack[-1]
            if isinstance(frame.container, list):
                location = (*frame.location, len(frame.container))
                frame.container.append(value)
            else:
                assert frame.key is not None
                location = (*frame.location, frame.key)
                frame.container[frame.key] = value
                frame.key = None
        self.document.marks[location] = self._mark(event)
        return location

    def _awaits_key(self) -> bool:
        if not self.stack:
            return False
        frame = self.stack[-1]
        return isinstance(frame.container, dict) and frame.key is None

    def _plain(self, event: Any) -> None:
        if event.tag is not None and not (
            isinstance(event, ScalarEvent) and event.style and str(event.tag) == "!"
        ):
            tag = str(event.tag).replace(STANDARD_TAG, "!!")
            self._refuse(event, f"the tag {tag!r}", "plain YAML without tags")

    def _mark(self, event: Any) -> Mark:
        position = event.start_mark
        return Mark(str(self.path), position.line + 1, position.column + 1)

    def _refuse(self, event: Any, found: str, expected: str) -> None:
        faults = [*self.document.faults, fault_at(self._mark(event), found, expected)]
        raise ScenarioError(faults)


def interpret(text: str) -> Any:
    """Value of a plain scalar; what is no number, date or truth value stays text.

    >>> interpret("30_000"), interpret("on"), interpret("2020-01-31")
    (30000, 'on', datetime.date(2020, 1, 31))
    """
    if text in _WORDS:
        return _WORDS[text]
    if not text[0].isdigit() and text[0] not in "+-.":
        return text
    if len(text) > LONGEST_NUMBER or re.match(r"[+-]?0\d", text):
        return text
    if _INTEGER.match(text):
        return int(text.replace("_", ""))
    if _FLOAT.match(text):
        return float(text.replace("_", ""))
    if _DATE.match(text):
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            return text
    return text
