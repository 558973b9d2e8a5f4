"""Find a circle in who follows from whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def circle(links: Mapping[str, Iterable[str]]) -> list[str]:
    """Return one circle as a closed path of names, or an empty list.

    >>> circle({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]})
    ['a', 'b', 'c', 'a']
    >>> circle({"a": ["b", "c"], "b": ["c"]})
    []
    """
    done: set[str] = set()
    for start in links:
        path: dict[str, None] = {}
        waiting = [(start, iter(links.get(start, ())))] if start not in done else []
        if waiting:
            path[start] = None
        while waiting:
            name, rest = waiting[-1]
            following = next(rest, None)
            if following is None:
                waiting.pop()
                path.popitem()
                done.add(name)
            elif following in path:
                names = list(path)
                return [*names[names.index(following) :], following]
            elif following not in done:
                path[following] = None
                waiting.append((following, iter(links.get(following, ()))))
    return []
