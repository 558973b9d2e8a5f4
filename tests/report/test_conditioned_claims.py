"""Claims before and after the reports, in print."""

from __future__ import annotations

from io import StringIO
from typing import Any

from rich.console import Console

from contingent.report.conditioned_claims import claim_notes, print_claims


def chance(probability: float | None, **more: Any) -> dict[str, Any]:
    bounds = (None, None) if probability is None else (probability - 0.1, probability + 0.1)
    return {"probability": probability, "low": bounds[0], "high": bounds[1], "ess": 80.0, **more}


def both(before: float | None, after: float | None) -> dict[str, Any]:
    return {"prior": chance(before), "conditioned": chance(after)}


ROW = {
    "id": "falls", "status": "evaluated", "reason": "", "companion": None, "because": [],
    "do": None, "do_before_and_after": None, "readings_before_and_after": {},
    "by_explanation": {"few": both(0.2, 0.3), "many": both(0.5, None)}, **both(0.4, 0.7),
}  # fmt: skip
NAMED = [{"name": "few"}, {"name": "many"}]


def printed(*claims: dict[str, Any]) -> str:
    out = StringIO()
    print_claims({"claims": claims, "explanations": NAMED}, Console(file=out, width=100))
    return out.getvalue()


def test_prior_and_conditioned_stand_side_by_side_and_by_explanation() -> None:
    text = printed(ROW)
    assert "falls     40 30–50  80 →    70 60–80  80" in text
    assert "(1 few, 2 many)" in text
    assert text.splitlines()[-1].split() == ["falls", "30", "–"]
    assert printed() == ""


def test_a_condition_that_no_particle_meets_is_said_so() -> None:
    reason = "no particle meets its condition (x): 0 of 200"
    rare = ROW | {"id": "rare", "status": "too_few", "reason": reason, **both(0.1, None)}
    assert f"rare: {reason}" in printed(rare)


def test_runs_that_disagree_give_no_number() -> None:
    shaky = ROW | {"conditioned": chance(0.7, refused=True)}
    text = printed(shaky)
    assert "runs disagree" in text and "play more particles" in text
    assert "70" not in text.splitlines()[2]


def test_what_was_set_and_why_are_said() -> None:
    answers = [
        {"reading": "necessary", "factor": "few", "asks": "necessity", "futures_used": 30,
         "futures": 40},
        {"reading": "sufficient", "factor": "few", "asks": "sufficiency", "futures_used": 0,
         "futures": 40},
    ]  # fmt: skip
    notes = claim_notes(
        ROW | {
            "do": {"text": "south.delay 1"}, "do_before_and_after": both(0.3, 0.5),
            "companion": {"do": "east.will 1", "probability": 0.4, "level": 0.2},
            "because": answers,
            "readings_before_and_after": {
                "necessary": both(0.6, 0.8), "sufficient": both(0.1, None),
            },
        }
    )  # fmt: skip
    assert notes[0] == "do south.delay 1: 30 (20–40) → 50 (40–60)"
    assert "40 % (20 % wanted)" in notes[1]
    assert notes[2].endswith("the event goes: 60 (50–70) → 80 (70–90) (30 of 40 worlds)")
    assert (
        notes[3].endswith("it comes: 10 (<1–20) → too few (0 of 40 worlds)")
        or "too few" in notes[3]
    )


def test_what_nothing_answers_is_listed() -> None:
    text = printed(ROW, {"id": "mood", "prior": None})
    assert "Not evaluated (nothing in a future answers them): mood." in text
