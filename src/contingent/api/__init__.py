"""The front door: load a theatre, play its futures, read what each claim is worth.

import contingent as ct
scenario = ct.load("two-towns")
run = scenario.run(1_000, seed=1)
run.claims                        # verdicts; .frame is a table
run["holder"]                     # who holds what: future, day, place
run["fighters(league)"]           # any expression of the predicate language
run.plot_verdicts()
found = scenario.condition()      # on dated reports: found.says, found.evidence, found.to_arviz()
"""

from contingent.api.conditioning import Conditioning, open_conditioning
from contingent.api.files import check, new, new_from_article, read_text, schema
from contingent.api.reports import report
from contingent.api.runs import STUDIES, Run, compare, open_study, studies
from contingent.api.scenarios import FUTURES, Scenario, levers, load

__all__ = [
    "FUTURES",
    "STUDIES",
    "Conditioning",
    "Run",
    "Scenario",
    "check",
    "compare",
    "levers",
    "load",
    "new",
    "new_from_article",
    "open_conditioning",
    "open_study",
    "read_text",
    "report",
    "schema",
    "studies",
]
