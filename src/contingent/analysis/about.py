"""What a parameter is about: the outcomes that it ought to move where it matters at all."""

from __future__ import annotations

from collections.abc import Sequence

from contingent.analysis.outcomes import Outcome
from contingent.compile.names import Names

__all__ = ["about"]

_OF_ACTOR = {
    "surveillance": ("found by",),
    "attention_focus": ("found by",),
    "bias": ("relief of", "posture"),
    "response_focus": ("relief of", "sorties"),
    "priority": ("relief of",),
    "release": ("relief of",),
    "delay": ("relief of",),
    "need_ratio": ("relief of", "posture"),
    "reach": ("posture",),
    "go_threshold": ("posture",),
    "start_cost": ("posture",),
    "opportunism": ("posture",),
    "commit_share": ("posture",),
    "patience": ("posture",),
    "abort_losses": ("posture",),
    "probe": ("posture",),
    "exploitation": ("posture",),
    "air": ("sorties",),
    "commitment": ("commitment", "will"),
    "recruitment": ("fighters",),
    "sponsors": ("fighters",),
    "forces": ("fighters", "readiness"),
    "operations": ("posture",),
    "aims": ("posture",),
    "signature": ("detected",),
    "march": ("columns",),
}
"""Second part of an actor's dotted name to the outcomes it is about."""


def about(name: str, outcomes: Sequence[Outcome], names: Names) -> list[int]:
    """Return the outcomes that a parameter is about, by their place in the list.

    Parameters
    ----------
    name : dotted name of the parameter
    outcomes : all outcomes
    names : of the theatre
    """
    wanted = set(_wanted(name.split("."), outcomes, names))
    return [index for index, one in enumerate(outcomes) if one.name in wanted]


def _wanted(parts: list[str], outcomes: Sequence[Outcome], names: Names) -> list[str]:
    """Names of the outcomes; some may not exist."""
    section, rest = parts[0], parts[1:]
    if section in names.actors and rest:
        return _of_actor(section, rest, outcomes, names)
    match section:
        case "places":
            return [f"contested({rest[0]})", f"lost({rest[0]})"]
        case "relations":
            return _of_pair(rest, outcomes, names)
        case "interventions":
            return [f"intervened({rest[0]})"]
        case "deadlines":
            bound = [one.name for one in outcomes if one.sort == "commitment"]
            return [f"satisfied({rest[0]})", *bound]
        case "diplomacy":
            return [one.name for one in outcomes if one.sort == "ceasefire"]
        case "shocks":
            return [one.name for one in outcomes if one.sort in ("will", "tacit")]
        case "plans":
            return [f"posture({actor})" for actor in names.actors]
    return []


def _of_actor(actor: str, rest: list[str], outcomes: Sequence[Outcome], names: Names) -> list[str]:
    bloc = names.bloc_of[names.actors.index(actor)]
    found = []
    for sort in _OF_ACTOR.get(rest[0], ()):
        match sort:
            case "found by":
                others = [one for one, own in zip(names.actors, names.bloc_of, strict=True)
                          if own != bloc]  # fmt: skip
                found += [f"detected({other})" for other in others]
            case "relief of":
                found.append(f"relief(bloc {bloc})")
            case "commitment":
                found += [
                    one.name
                    for one in outcomes
                    if one.sort == "commitment" and one.args[0] == actor
                ]
            case "posture":
                found += [f"posture({one})" for one in names.actors_of(bloc)]
            case _:
                found.append(f"{sort}({actor})")
    return found


def _of_pair(rest: list[str], outcomes: Sequence[Outcome], names: Names) -> list[str]:
    """Coordination brings relief; tacit coordination shows in itself and in interventions."""
    if rest[-1] == "coordination":
        one = rest[0].split("-")[0]
        blocs = [bloc for actor, bloc in zip(names.actors, names.bloc_of, strict=True)
                 if rest[0].startswith(f"{actor}-")]  # fmt: skip
        return [f"relief(bloc {bloc})" for bloc in blocs or [one]]
    return [one.name for one in outcomes if one.sort in ("tacit", "intervened")]
