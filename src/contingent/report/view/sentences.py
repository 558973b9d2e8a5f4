"""A verdict in a sentence that a person would say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["history", "is_surprising", "of_hundred", "sentence"]

HALF = 0.5
After = Mapping[str, Any]
"""A claim's share after the reports: probability, low, high."""


def sentence(claim: Mapping[str, Any], futures: int, after: After | None = None) -> str:
    """Say a verdict.

    Parameters
    ----------
    claim : its record in ``verdicts.json``
    futures : of the study
    after : its share after the reports, where the study was weighed against them
    """
    match claim["status"]:
        case "not_truth_apt":
            return "This says what ought to be; no future makes it true or false."
        case "unmodelled":
            reason = _sentence_of(claim["reason"])
            return f"The model says nothing about this. {reason}".strip()
        case "too_few":
            return (
                f"Its condition comes about in {claim['futures_used']:,} of {futures:,} futures, "
                "too few to say how often it then comes true."
            )
    last = claim if after is None else {**claim, **_interval(after)}
    share = _share(claim, futures) if after is None else _before_and_after(claim, after, futures)
    parts = [share, _range(claim, after is not None), _author(last)]
    return " ".join(part for part in parts if part)


def of_hundred(share: float) -> str:
    """Say a share as so many of a hundred.

    >>> of_hundred(0.294), of_hundred(0.004), of_hundred(0.998), of_hundred(0.0), of_hundred(1.0)
    ('29 of 100', 'fewer than 1 of 100', 'more than 99 of 100', 'none', 'all')
    """
    if share <= 0.0:
        return "none"
    if share >= 1.0:
        return "all"
    if share < 0.005:
        return "fewer than 1 of 100"
    if share > 0.995:
        return "more than 99 of 100"
    return f"{100.0 * share:.0f} of 100"


def _share(claim: Mapping[str, Any], futures: int) -> str:
    probability = claim["probability"]
    if claim["given"] is not None:
        used = claim["futures_used"]
        return (
            f"Its condition comes about in {used:,} of {futures:,} futures; in "
            f"{of_hundred(probability)} of those it comes true."
        )
    where = "With what it supposes set, it" if claim["do"] is not None else "It"
    return f"{where} comes true in {of_hundred(probability)} of the futures played."


def _before_and_after(claim: Mapping[str, Any], after: After, futures: int) -> str:
    before, now = of_hundred(claim["probability"]), of_hundred(after["probability"])
    low, high = after["low"], after["high"]
    wide = low is not None and high is not None and high - low >= 0.01
    open_to = f" ({_between(low, high)})" if wide else ""
    if claim["given"] is not None:
        return (
            f"Its condition comes about in {claim['futures_used']:,} of {futures:,} futures. Of "
            f"those it comes true in {before} before the reports and in {now} after them{open_to}."
        )
    where = "with what it supposes set, it" if claim["do"] is not None else "it"
    return (
        f"Before the reports {where} comes true in {before} of the futures, "
        f"after them in {now}{open_to}."
    )


def _interval(after: After) -> dict[str, Any]:
    known = after["low"] is not None and after["high"] is not None
    return {"low": after["low"], "high": after["high"]} if known else {}


def _range(claim: Mapping[str, Any], before: bool) -> str:
    """Say how far sampling and structural variants leave it open; `before`: before the reports."""
    low, high = claim["low"], claim["high"]
    parts = []
    if low is not None and high is not None and high - low >= 0.01:
        parts.append(f"by the number of futures alone it could be {_between(low, high)}")
    low, high = claim["variants_low"], claim["variants_high"]
    if low is not None and high is not None:
        parts.append(f"other rules of the model give {_between(low, high)}")
    text = "; ".join(parts)
    if before and text:
        return f"Before them, {text}."
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _between(low: float, high: float) -> str:
    one, other = f"{100.0 * low:.0f}", f"{100.0 * high:.0f}"
    return f"about {one} of 100" if one == other else f"{one} to {other} of 100"


def _author(claim: Mapping[str, Any]) -> str:
    low, high = claim["hedge_low"], claim["hedge_high"]
    if low is None or high is None or claim["low"] is None:
        return ""
    said = f"The words of the article ({claim['hedge']}) stand for {_between(low, high)}"
    if claim["high"] < low:
        return f"{said}; the model gives it less."
    if claim["low"] > high:
        return f"{said}; the model gives it more."
    return f"{said}; the model does not contradict them."


def history(claim: Mapping[str, Any]) -> str:
    """Say what history settled and by what; nothing where it is open.

    It stands apart from `sentence`: the model's word and history's are not to be mixed up.
    """
    who = "by hand" if claim["settled_by"] == "hand" else "by recorded facts"
    if claim["settled"] is True:
        return f"It came true (settled {who})."
    if claim["settled"] is False:
        return f"It did not come true (settled {who})."
    return ""


def _sentence_of(text: str) -> str:
    text = text.strip()
    if not text:
        return ""
    return f"{text[0].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"


def is_surprising(claim: Mapping[str, Any], after: After | None = None) -> bool:
    """Whether model and author disagree beyond what the number of futures leaves open.

    Where the claim was weighed against the reports, its share after them is what counts.
    With a hedge: the interval lies outside the hedge's range. A claim stated without a hedge
    counts as said to be likelier than not, so it surprises where the interval lies below a half.
    """
    if claim["status"] != "evaluated" or claim["low"] is None:
        return False
    if after is not None:
        claim = {**claim, **_interval(after)}
    low, high = claim["hedge_low"], claim["hedge_high"]
    if low is None or high is None:
        return bool(claim["high"] < HALF)
    return bool(claim["high"] < low or claim["low"] > high)
