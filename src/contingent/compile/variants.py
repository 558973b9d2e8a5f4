"""Structural variants: one defensible change of the model's rules each.

Verdicts show their range over these, because structure moves outcomes more than parameters do.

>>> len(MEANINGS) >= 8
True
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from contingent.compile.program import Program
from contingent.reference import layout
from contingent.scenario.types import Scenario

MEANINGS = {
    "attrition helmbold": "losses follow the power ratio with a fitted exponent (Helmbold)",
    "attrition square": "losses follow Lanchester's square law: aimed fire on both sides",
    "attrition linear": "losses follow Lanchester's linear law: area fire, numbers count less",
    "decision logit": "a bloc chooses among operations by chance, better ones more often",
    "decision threshold": "a bloc takes the best operation as soon as it is worth its cost",
    "fog limited": "blocs see what they search and what they touch",
    "fog none": "every bloc knows what stands where and sees every column at once",
    "response believed": "relief is sized by the threat a bloc believes in",
    "response quota": "relief is a fixed share of the garrison, whatever the threat",
    "breaking on": "a garrison under assault may break, which speeds up its fall",
    "breaking off": "nobody breaks: places fall by ground gained alone",
    "belt on": "outskirts must be crossed before the built-up area",
    "belt off": "no outskirts: an attack begins at the edge of the built-up area",
    "frontage on": "only as many attackers fight as find room on the front",
    "frontage off": "all attackers fight at once",
    "opportunity on": "an attacker waits until the opponent's relief is bound elsewhere",
    "opportunity off": "an attacker looks at the garrison alone",
    "evacuation on": "besieged garrisons may negotiate their way out",
    "evacuation off": "nobody negotiates: sieges end by arms or by relief",
    "combat_noise lognormal": "the fortunes of a fight vary from day to day",
    "combat_noise none": "equal forces fight with equal luck every day",
    "exploitation on": "a victor may press on to the next place",
    "exploitation off": "a victor stops after each capture",
}
"""Name of a variant (rule and option) to what holds under it."""


@dataclass(frozen=True)
class Variant:
    """One alternative to the rules a program is compiled with.

    Attributes
    ----------
    rule, option : what is changed to what
    says : what holds under it, in a sentence
    program : with this one change
    """

    rule: str
    option: str
    says: str
    program: Program

    @property
    def name(self) -> str:
        """Rule and option."""
        return f"{self.rule} {self.option}"


def variants(program: Program) -> dict[str, Variant]:
    """Return the program under every other option of every rule, one change at a time."""
    found = {}
    for rule, option in _others(program.choices()):
        name = f"{rule} {option}"
        changed = program.with_choice(rule, option)
        found[name] = Variant(rule, option, MEANINGS[name], changed)
    return found


def scenario_variants(scenario: Scenario) -> dict[str, Scenario]:
    """Return the same changes as scenarios."""
    structure = scenario.theatre.structure
    chosen = {
        rule: value if (value := getattr(structure, rule)) in options else options[0]
        for rule, options in layout.STRUCTURE.items()
    }
    return {
        f"{rule} {option}": dataclasses.replace(
            scenario,
            theatre=scenario.theatre.model_copy(
                update={"structure": structure.model_copy(update={rule: option})}
            ),
        )
        for rule, option in _others(chosen)
    }


def _others(chosen: dict[str, str]) -> Iterator[tuple[str, str]]:
    for rule, options in layout.STRUCTURE.items():
        for option in options:
            if option != chosen[rule]:
                yield rule, option
