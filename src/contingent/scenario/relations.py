"""Stances of blocs: what the relations of a theatre come to."""

from __future__ import annotations

from itertools import combinations

from contingent.scenario.types import Theatre
from contingent.scenario.types_relations import Stance


def bloc_of(theatre: Theatre, name: str) -> str | None:
    """Bloc of an actor's name, or the name itself if it is a bloc's; None if it is neither."""
    if name in theatre.actors:
        return theatre.actors[name].bloc
    return name if name in theatre.blocs else None


def bloc_pair(theatre: Theatre, pair: tuple[str, str]) -> tuple[str, str] | None:
    """Blocs of a pair of actors or blocs, sorted; None if a name is unknown."""
    first, second = (bloc_of(theatre, name) for name in pair)
    if first is None or second is None:
        return None
    return (first, second) if first <= second else (second, first)


def stances(theatre: Theatre) -> dict[tuple[str, str], Stance]:
    """Stance of every pair of blocs (sorted), a bloc with itself included.

    A bloc is allied with itself; a pair that no relation speaks of is neutral.
    """
    blocs = sorted(theatre.blocs)
    found: dict[tuple[str, str], Stance] = {(bloc, bloc): "allied" for bloc in blocs}
    for pair in combinations(blocs, 2):
        found[pair] = "neutral"
    for relation in theatre.relations:
        blocs_of_pair = bloc_pair(theatre, relation.pair)
        if blocs_of_pair is None or blocs_of_pair[0] == blocs_of_pair[1]:
            continue
        if relation.stance is not None:
            found[blocs_of_pair] = relation.stance
    return found


def stance(theatre: Theatre, first: str, second: str) -> Stance:
    """Stance of two actors or blocs; neutral where nothing is known."""
    pair = bloc_pair(theatre, (first, second))
    return "neutral" if pair is None else stances(theatre).get(pair, "neutral")


def unlisted(theatre: Theatre) -> list[tuple[str, str]]:
    """Pairs of blocs whose stance no relation gives."""
    listed = {
        bloc_pair(theatre, relation.pair)
        for relation in theatre.relations
        if relation.stance is not None
    }
    inhabited = sorted({actor.bloc for actor in theatre.actors.values()} & set(theatre.blocs))
    return [pair for pair in combinations(inhabited, 2) if pair not in listed]
