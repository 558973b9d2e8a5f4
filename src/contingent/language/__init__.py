"""The predicate language: what a claim says about a path, in words a program can check.

A predicate such as ``holds(south, ford)`` is true or false on each day. A claim speaks of a whole
path, so it says when: ``eventually(holds(south, ford), by=2020-02-01)``.

>>> from datetime import date
>>> words = Vocabulary(
...     actors=("north", "south"), places=("ford", "mill"),
...     start=date(2020, 1, 1), now=date(2020, 1, 10), end=date(2020, 3, 1))
>>> claim = parse("eventually(holds(south, ford), in=3 weeks)", words)
>>> unparse(claim)
'eventually(holds(south, ford), in=21 days)'
>>> sorted(map(str, observables(claim)))
['holds(south, ford)']

What it does not do: it has no free variables, no probabilities (a claim's probability is over
futures) and no time finer than a day.
"""

from contingent.errors import ClaimError
from contingent.language.formulas import Formula, Observable, is_path, observables, sort_of, walk
from contingent.language.observing import parse_observed
from contingent.language.parsing import parse, parse_expression, parse_state
from contingent.language.predicates import COMMITMENTS, PREDICATES, Predicate
from contingent.language.printing import unparse
from contingent.language.vocabulary import Vocabulary

__all__ = [
    "COMMITMENTS",
    "PREDICATES",
    "ClaimError",
    "Formula",
    "Observable",
    "Predicate",
    "Vocabulary",
    "is_path",
    "observables",
    "parse",
    "parse_expression",
    "parse_observed",
    "parse_state",
    "sort_of",
    "unparse",
    "walk",
]
