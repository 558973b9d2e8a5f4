"""A study for an editor: one paragraph, one figure, what would flip the conclusion, its limits.

The conclusion is the claim that stands, by way of its premises, on the most other claims and that
a mechanism speaks to; where claims do not hang together, the last one evaluated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contingent.report.view.build import View
from contingent.report.view.sentences import history, of_hundred

__all__ = ["Brief", "brief_of", "conclusion_of"]

HALF = 0.5
SHOWN, SIGHTS = 6, 2
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Brief:
    """What an editor is given, as text.

    Attributes
    ----------
    title, by : of the argument
    paragraph : what it comes to
    conclusion : identifier of the claim that the rest leads to; None without one
    flips : what would flip the conclusion, a sentence each
    limits : what the numbers do not say
    methods : engine, futures, seed, versions
    claims : id, what it says, verdict, what history settled
    """

    title: str
    by: str
    paragraph: str
    conclusion: str | None
    flips: tuple[str, ...]
    limits: tuple[str, ...]
    methods: tuple[str, ...]
    claims: tuple[tuple[str, str, str, str], ...]


def brief_of(view: View) -> Brief:
    """Return the brief of a study from its page data."""
    meta = view.meta
    claims = {claim["id"]: claim for claim in meta["claims"]}
    conclusion = conclusion_of(meta)
    return Brief(
        str(meta["study"]["title"]),
        _by(meta["study"]["source"]),
        _paragraph(meta, claims.get(conclusion or "")),
        conclusion,
        tuple(_flips(meta, claims, conclusion)),
        tuple(_limits(meta)),
        tuple(_methods(meta)),
        tuple(_claim_row(claim) for claim in meta["claims"] if claim["status"] == "evaluated"),
    )


def conclusion_of(meta: Row) -> str | None:
    """Return the claim to which the argument leads."""
    evaluated = [one["id"] for one in meta["claims"] if one["status"] == "evaluated"]
    if not evaluated:
        return None
    on: dict[str, list[str]] = {}
    for link in (meta["argument"] or {}).get("links", ()):
        if link["sort"] != "rejects":
            on.setdefault(link["claim"], []).append(link["on"])
    reach = {name: len(_below(name, on)) for name in evaluated}
    most = max(reach.values())
    return str([name for name in evaluated if reach[name] == most][-1])


def _below(name: str, on: Mapping[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(on.get(name, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += on.get(one, ())
    return found


def _by(source: Row | None) -> str:
    if source is None:
        return ""
    parts = [source.get("author"), source.get("publisher"), f"written {source['written']}"]
    return ", ".join(str(part) for part in parts if part)


def _paragraph(meta: Row, conclusion: Row | None) -> str:
    study, claims = meta["study"], meta["claims"]
    evaluated = [claim for claim in claims if claim["status"] == "evaluated"]
    summary = str(study["summary"] or "").strip()
    parts = [f"The argument: {summary}"] if summary else []
    if not claims:
        return " ".join([*parts, f"{study['futures']:,} futures were played; nothing is claimed."])
    parts.append(
        f"Of its {len(claims)} claims {len(evaluated)} could be asked of {study['futures']:,} "
        f"simulated futures ({study['label']})."
    )
    surprising = [claim["id"] for claim in evaluated if claim["surprising"]]
    if surprising:
        parts.append(f"In {len(surprising)} the model and the author's words are apart.")
    parts += _settled(evaluated)
    if conclusion is not None:
        parts.append(f"What it leads to ({conclusion['id']}): “{conclusion['says']}”")
        parts += [str(conclusion["sentence"]), history(conclusion)]
    return " ".join(part for part in parts if part)


def _settled(evaluated: list[Row]) -> list[str]:
    known = [claim for claim in evaluated if isinstance(claim["settled"], bool)]
    if not known:
        return []
    right = sum((claim["probability"] > HALF) == claim["settled"] for claim in known)
    author = sum(bool(claim["settled"]) for claim in known)
    return [
        f"History has settled {len(known)} of these: {author} came true, and in {right} the model "
        "leaned to the side that came about."
    ]


def _flips(meta: Row, claims: Mapping[str, Row], conclusion: str | None) -> list[str]:
    """Say what moves the conclusion most: premises, what-ifs, unknowns; and what would tell."""
    if conclusion is None:
        return []
    found = [*_premises(meta, claims, conclusion), *_what_ifs(meta, conclusion)]
    found += _unknowns(meta, conclusion)
    told = _sights(meta, conclusion)
    if found:
        return [*found[: SHOWN - len(told)], *told]
    said = f"Nothing that was tried moves {conclusion} by more than chance: {_tried(meta)}."
    return [said, *_elsewhere(meta, conclusion), *told]


def _tried(meta: Row) -> str:
    """Say what was tried in vain; what-ifs that were not played were not tried."""
    played = sum(bool(one["differences"]) for one in meta["what_ifs"])
    what_ifs = f"none of {played} what-ifs" if played else "no what-if was played"
    return f"no premise, no single unknown within its range; {what_ifs}"


def _elsewhere(meta: Row, conclusion: str) -> list[str]:
    """Say which what-ifs move other conclusions of the argument."""
    others = {one["claim"] for one in meta["argument"]["conclusions"]} - {conclusion}
    return [text for name in sorted(others) for text in _what_ifs(meta, name)][: SHOWN - 1]


def _premises(meta: Row, claims: Mapping[str, Row], conclusion: str) -> list[str]:
    rows = [one for one in meta["argument"]["conclusions"] if one["claim"] == conclusion]
    found = []
    for point in (one for row in rows for one in row["break_points"]):
        change, error = point["change"], point["error"]
        if change is None or error is None or abs(change) <= 2.0 * error:
            continue
        says = claims.get(point["premise"], {}).get("says", "")
        turn = "falls" if change < 0.0 else "rises"
        found.append(
            f"If the premise {point['premise']} (“{says}”) does not hold, {conclusion} {turn} by "
            f"{100 * abs(change):.0f} of 100."
        )
    return found


def _what_ifs(meta: Row, conclusion: str) -> list[str]:
    found = []
    for asked in meta["what_ifs"]:
        for one in asked["differences"]:
            if one["claim"] == conclusion and one["clear"]:
                flips = (one["before"] > HALF) != (one["after"] > HALF)
                found.append(
                    (
                        not flips,
                        -abs(one["difference"]),
                        f"{asked['says'] or asked['name']} {conclusion} goes from "
                        f"{of_hundred(one['before'])} to {of_hundred(one['after'])}"
                        + (", across even odds." if flips else "."),
                    )
                )
    return [text for _, _, text in sorted(found)]


def _unknowns(meta: Row, conclusion: str) -> list[str]:
    """Say the rule its true futures obey, where one was found, and which unknowns move it."""
    record = (meta["drivers"] or {}).get(conclusion)
    if record is None:
        return []
    futures, rule = _futures(record), record.get("rule")
    found = [f"Of {futures}, {rule['says']}."] if rule else []
    return found + [
        f"In the fifth of {futures} with the lowest {one['name']} it comes true in "
        f"{of_hundred(one['lowest'])}, in the highest fifth in {of_hundred(one['highest'])}."
        for one in record["drivers"]
        if one["matters"]
    ]


def _sights(meta: Row, conclusion: str) -> list[str]:
    """Say what would put the conclusion across even odds, seen or known not to be there."""
    record = (meta["watch"] or {}).get(conclusion)
    if record is None:
        return []
    return [
        f"To look for on {one['date']}: {one['says']}. Of {_futures(record)} in which that is so, "
        f"{conclusion} comes true in {of_hundred(one['if_seen'])}; of the others, in "
        f"{of_hundred(one['if_not'])}."
        for one in record["watch"]
        if (one["if_seen"] > HALF) != (one["if_not"] > HALF)
    ][:SIGHTS]


def _futures(record: Row) -> str:
    """Say over which futures something was found."""
    return "futures that the reports leave" if record.get("conditioned") else "futures"


def _limits(meta: Row) -> list[str]:
    study, claims = meta["study"], meta["claims"]
    counts = {
        status: sum(claim["status"] == status for claim in claims)
        for status in ("unmodelled", "not_truth_apt", "too_few")
    }
    bases = ", ".join(f"{number} {basis}" for basis, number in study["bases"].items() if number)
    found = [
        "A probability here is a share of simulated futures, not a measured frequency; it is worth "
        "what the assumptions behind it are worth.",
        f"{counts['unmodelled']} claims are not modelled, {counts['not_truth_apt']} say what ought "
        f"to be, {counts['too_few']} have a condition that comes about too seldom.",
    ]
    if bases:
        found.append(f"Numbers the verdicts rest on, by basis: {bases}.")
    if any(claim.get("decision_half_unvalidated") for claim in claims):
        found.append("Decisions to attack, to intervene and to commit rest on no validated data.")
    if not study["variants"]:
        found.append("No structural variants were played, so no range over them is given.")
    if meta["explanations"] is None:
        found.append("The futures are not conditioned on dated reports.")
    if study["outdated"]:
        found.append("Another version of the model played this study; run it again.")
    return found


def _methods(meta: Row) -> list[str]:
    study, days = meta["study"], meta["days"]
    versions = ", ".join(f"{name} {version}" for name, version in study["versions"].items())
    found = [
        f"{study['futures']:,} futures of the scenario {study['scenario']}, seed {study['seed']}, "
        f"{days['count']} days from {days['start']} to {days['end']}; nothing published after "
        f"{days['now']} informs them.",
        f"Engine {study['engine']}; {versions}; scenario {study['digest'][:12]}, program "
        f"{study['program'][:12]}.",
        "Intervals are Wilson's 95 % intervals of a share; what-ifs are paired differences on the "
        "same random numbers.",
    ]
    if study["variants"]:
        found.append(f"Structural variants: {', '.join(study['variants'])}.")
    answered = [one["futures"] for one in meta["what_ifs"] if one["differences"]]
    if answered:
        found.append(f"What-ifs: {len(answered)}, on {answered[0]:,} futures each.")
    refused = [one["name"] for one in meta["what_ifs"] if one["refused"]]
    if refused:
        found.append(f"What-ifs that cannot be played as written: {', '.join(refused)}.")
    run = f"contingent run {study['scenario']} --futures {study['futures']}"
    plain = "" if study["variants"] else " --no-variants"
    return [*found, f"To repeat: {run} --seed {study['seed']}{plain}"]


def _claim_row(claim: Row) -> tuple[str, str, str, str]:
    share = (
        f"{100 * claim['probability']:.0f} % ({100 * claim['low']:.0f}–{100 * claim['high']:.0f})"
    )
    settled = {True: "came true", False: "did not"}.get(claim["settled"], "open")
    return claim["id"], claim["says"], share, settled
