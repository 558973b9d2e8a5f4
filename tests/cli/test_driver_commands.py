"""``contingent drivers`` and ``contingent watch``, in this process."""

from __future__ import annotations

from contingent.report.view.found import found_of
from contingent.simulate.study import find_studies

FEW = ("--futures", "60", "--particles", "40", "--threads", "2")


def test_drivers_of_a_claim(command) -> None:
    found = command("drivers", "two-towns", "--claim", "strike", *FEW)
    assert found.code == 0 and "after the reports" in found.out and "index" in found.out
    record = command("drivers", "two-towns", "--claim", "strike", *FEW, "--prior", "--json").json
    assert record["claim"] == "strike" and not record["conditioned"]
    assert {"name", "strength", "low", "high", "matters"} <= set(record["drivers"][0])


def test_what_to_watch_for_a_claim(command) -> None:
    found = command("watch", "two-towns", "--claim", "eastford-falls", *FEW)
    assert found.code == 0 and "if seen" in found.out
    record = command("watch", "two-towns", "--claim", "eastford-falls", *FEW, "--json").json
    bits = [one["bits"] for one in record["watch"]]
    assert bits == sorted(bits, reverse=True) and len(bits) > 3


def test_what_is_found_is_kept_with_the_newest_study(command, tmp_path) -> None:
    command("run", "two-towns", "--futures", 20, "--no-variants")
    found = command("drivers", "two-towns", "--claim", "strike", *FEW, "--prior")
    assert "report show it" in " ".join(found.out.split())
    assert command("watch", "two-towns", "--claim", "strike", *FEW, "--prior", "--json").json
    (study,) = find_studies(tmp_path / "studies")
    for part in ("drivers", "watch"):
        (record,) = found_of(study, part, ["strike"]).values()
        assert record[part] and "worlds" not in record, "the page tells nobody's folders"


def test_claims_that_no_future_answers(command) -> None:
    assert command("drivers", "two-towns", "--claim", "nothing", *FEW).code == 2
    found = command("watch", "two-towns", "--claim", "should-do-more", *FEW)
    assert found.code == 2 and "true or false" in found.err
