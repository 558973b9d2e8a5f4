"""Studies in print: what lies in a folder, the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contingent.claims.keeping import kept_record
from contingent.errors import StudyError
from contingent.simulate.engines import model_digest
from contingent.simulate.store import this_model
from contingent.simulate.study import Study

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["conditioned_record", "print_conditioned", "print_studies", "study_record"]


def study_record(study: Study) -> dict[str, Any]:
    """Return what is known of a study as plain data."""
    manifest = study.manifest
    try:
        claims = len(kept_record(study.folder)["claims"])
    except StudyError:
        claims = None
    files = [file for file in study.folder.rglob("*") if file.is_file()]
    return {
        "study": study.folder,
        "scenario": manifest.name,
        "seed": manifest.seed,
        "futures": study.futures,
        "wanted": manifest.futures,
        "complete": study.complete,
        "claims": claims,
        "megabytes": round(sum(file.stat().st_size for file in files) / 1e6, 1),
        "this_model": this_model(manifest),
        "version": manifest.versions.get("contingent"),
    }


def print_studies(found: Sequence[Mapping[str, Any]], folder: Path, console: Console) -> None:
    """Print a table of studies."""
    from rich.table import Table

    if not found:
        console.print(f"No studies in {folder}. Make one with: contingent run NAME", markup=False)
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("study", "scenario", "seed", "futures", "verdicts", "MB", ""):
        right = heading in ("seed", "futures", "verdicts", "MB")
        table.add_column(heading, justify="right" if right else "left", overflow="fold")
    for one in found:
        remark = [] if one["complete"] else [f"{one['wanted']:,} wanted"]
        remark += [] if one["this_model"] else ["by another version of the model"]
        table.add_row(
            str(one["study"]),
            one["scenario"],
            str(one["seed"]),
            f"{one['futures']:,}",
            "–" if one["claims"] is None else str(one["claims"]),
            f"{one['megabytes']:,.1f}",
            ", ".join(remark),
        )
    console.print(table)


def conditioned_record(folder: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of a conditioned study as plain data."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {
        "study": str(folder),
        "scenario": manifest["name"],
        "seed": manifest["seed"],
        "particles": manifest["particles"],
        "explanations": len(manifest["explanations"]),
        "reports": len(manifest["believed"]),
        "fence": manifest["fence"],
        "hindsight": manifest["hindsight"],
        "megabytes": round(sum(file.stat().st_size for file in files) / 1e6, 1),
        "this_model": manifest["model"] == model_digest(),
        "version": manifest["versions"].get("contingent"),
    }


def print_conditioned(found: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Print one line a conditioned study."""
    for one in found:
        reports = "1 report" if one["reports"] == 1 else f"{one['reports']} reports"
        remark = "; HINDSIGHT" if one["hindsight"] else ""
        remark += "" if one["this_model"] else "; by another version of the model"
        size = f"{one['explanations']} explanations of {one['particles']:,} particles"
        console.print(
            f"{one['study']}  {one['scenario']}, seed {one['seed']}, conditioned on {reports} up "
            f"to {one['fence']}: {size}, {one['megabytes']:,.1f} MB{remark}",
            markup=False,
        )
