"""From a scenario to a verdict on every claim: the whole pipeline, chunk by chunk.

1. Every claim is read (`reading`): its readings, conditions, and what it supposes set.
2. The main run is played; each chunk of futures is asked everything at once (`columns`).
3. Companion runs are played with the same seed (`companions`): one for each thing that is set, one
   for each factor that *because* names, and one for each structural variant.
4. Each claim is judged (`verdict`) and set beside what history and the coder say (`settling`).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.claims import companions
from contingent.claims.columns import Gathered, Question, headline_questions, questions
from contingent.claims.companions import (
    Companion,
    Playing,
    change_key,
    companion_futures,
    kept_of,
)
from contingent.claims.factors import factor_key, with_factor
from contingent.claims.findings import Assessment, Finding, GivenKnown
from contingent.claims.judging import (
    PLAIN,
    Answers,
    asked_of_factors,
    asked_under_change,
    headed_by_do,
    headed_by_factor,
)
from contingent.claims.outside import outside_view
from contingent.claims.reading import ReadClaim, read_argument
from contingent.claims.settling import history_of, ruling_of, settling_of
from contingent.claims.untouched import rests_on
from contingent.compile import Program, compile_scenario
from contingent.compile.variants import Variant, variants
from contingent.errors import SettingError
from contingent.language import Observable, unparse
from contingent.scenario.changes import names as named_quantities
from contingent.scenario.types import Scenario
from contingent.simulate.given import given_known as known_futures
from contingent.simulate.paths import RecordedPaths

__all__ = ["Pipeline", "Stage", "bases_of"]

Truth = NDArray[np.bool_]
NO_CHANCE = "nobody gave event({name}) a probability"


@dataclass(frozen=True)
class Stage:
    """How far the work has come.

    Attributes
    ----------
    name : what is being done: "futures", or the companion run
    done, total : futures of all companion runs together, or of the main run
    seconds : since the stage began
    """

    name: str
    done: int
    total: int
    seconds: float


Listener = Callable[[Stage], None]


class Pipeline:
    """The claims of a scenario, read and ready to be asked of futures.

    Parameters
    ----------
    scenario : with an argument
    playing : how the main run is played
    given_known : whether futures that contradict sharp reports of holders are left out
    extra : further series to record
    """

    def __init__(
        self,
        scenario: Scenario,
        playing: Playing,
        *,
        given_known: bool = False,
        extra: Iterable[Observable] = (),
    ) -> None:
        self.scenario = scenario
        self.playing = playing
        plain = compile_scenario(scenario)
        self.vocabulary = plain.names.vocabulary()
        argument = scenario.argument
        claims = () if argument is None else read_argument(argument, self.vocabulary)
        self.claims = tuple(_possible(claim, plain) for claim in claims)
        self.since = {claim.id: plain.names.day(claim.since) for claim in self.claims}
        self.asked = questions(self.claims, self.since)
        wanted = {one for claim in self.claims for one in claim.observables()}
        self.program = compile_scenario(scenario, [*sorted(wanted, key=str), *extra])
        self.known = scenario if given_known else None
        self._reports: tuple[str, ...] = ()
        self.gathered = Gathered(self.asked)
        self._kept: list[Truth] = []

    def read(self, paths: RecordedPaths) -> None:
        """Ask every claim of some more futures of the main run."""
        self.gathered.read(paths)
        self._kept.append(kept_of(self.known, paths))
        if self.known is not None and not self._reports:
            self._reports = known_futures(self.known, paths).reports

    @property
    def kept(self) -> Truth:
        """Which futures of the main run agree with what is known."""
        return np.concatenate(self._kept) if self._kept else np.zeros(0, dtype=bool)

    def finish(self, *, with_variants: bool = True, listen: Listener | None = None) -> Assessment:
        """Play the companion runs and judge every claim."""
        something_to_vary = with_variants and any(claim.wordings for claim in self.claims)
        programs = list(variants(self.program).values()) if something_to_vary else []
        plan = _Plan(self, programs, listen)
        main = Companion(self.gathered, self.kept)
        answers = Answers(
            main, plan.play_changes(), tuple(plan.play_variants()), plan.play_factors()
        )
        theatre = self.scenario.theatre
        history = history_of(theatre, self.vocabulary)
        bases = bases_of(self.scenario)
        findings = []
        for claim in self.claims:
            ruling = ruling_of(claim, history, self.since[claim.id])
            verdict = answers.verdict(claim, ruling, bases, rests_on(claim, theatre))
            predicate = unparse(claim.wordings[0].formula) if claim.wordings else ""
            settling, shown = settling_of(claim, verdict), answers.shown(claim)
            findings.append(
                Finding(
                    claim.claim, verdict, claim.reason, settling, predicate, shown,
                    answers.because(claim), outside_view(claim, theatre),
                )
            )  # fmt: skip
        return Assessment(
            scenario=self.scenario.name,
            futures=self.playing.futures,
            seed=self.playing.seed,
            findings=tuple(findings),
            bases=bases,
            variants=tuple(variant.name for variant in programs),
            companion_futures=plan.futures,
            given_known=self._given_known(),
            unset=plan.unset,
        )

    def _given_known(self) -> GivenKnown | None:
        if self.known is None:
            return None
        said = {report.id: report.observe or "" for report in self.known.theatre.reports}
        reports = {name: said[name] for name in self._reports}
        return GivenKnown(reports, int(self.kept.sum()), len(self.kept))


class _Plan:
    """The companion runs of a pipeline."""

    def __init__(
        self, pipeline: Pipeline, programs: list[Variant], listen: Listener | None
    ) -> None:
        self.pipeline = pipeline
        self.programs = programs
        self.futures = companion_futures(pipeline.playing.futures)
        self.unset: dict[str, str] = {}
        self._listen = listen
        self._done = 0
        self._began = time.monotonic()
        self._changes = _changes(pipeline.claims)
        under_change = [change_key(claim.do) for claim in pipeline.claims if headed_by_do(claim)]
        self._varied_changes = {key: self._changes[key] for key in dict.fromkeys(under_change)}
        self._factors = asked_of_factors(pipeline.claims, pipeline.since)
        heading = filter(headed_by_factor, pipeline.claims)
        self._varied_factors = asked_of_factors(
            [replace(claim, wordings=claim.wordings[:1]) for claim in heading], pipeline.since
        )
        each = 1 + len(self._varied_changes) + len(self._varied_factors)
        runs = len(self._changes) + len(programs) * each
        self._with_factor = {
            name: self._program_with(name, asked) for name, asked in self._factors.items()
        }
        longer = sum(self._futures_of(program) for program in self._with_factor.values())
        self._total = runs * self.futures + longer

    def play_changes(self) -> dict[str, Companion]:
        """One run for each set of things that are set; what cannot be set is noted."""
        asked = asked_under_change(self.pipeline.claims, self.pipeline.since)
        found = {}
        for key, changes in self._changes.items():
            try:
                program = companions.program_with(self.pipeline.scenario, changes, asked[key])
            except SettingError as error:
                self.unset[key] = str(error)
                self._done += self.futures
                continue
            found[key] = self._play(f"do {key}", program, asked[key])
        return found

    def play_factors(self) -> dict[str, Companion]:
        """One run under each explanation that some reading of *because* names."""
        return {
            name: self._play(
                factor_key(name),
                self._with_factor[name],
                asked,
                self._futures_of(self._with_factor[name]),
            )
            for name, asked in self._factors.items()
        }

    def _program_with(self, factor: str, asked: list[Question]) -> Program:
        """The theatre with a factor, up to the last day that is asked about."""
        scenario = with_factor(self.pipeline.scenario, factor)
        program = compile_scenario(scenario, companions.needed(asked))
        if self.pipeline.known is not None:
            return program
        return companions.as_long_as_asked(program, asked)

    def _futures_of(self, program: Program) -> int:
        """Futures of a run that may be short: as many days as another run has, in more futures."""
        days = self.futures * self.pipeline.program.days
        return min(self.pipeline.playing.futures, days // program.days)

    def play_variants(self) -> list[dict[str, Companion]]:
        """One run for each structural variant, and one for each run that heads a verdict."""
        asked = headline_questions(self.pipeline.claims, self.pipeline.since)
        asked += [one for wanted in self._varied_factors.values() for one in wanted]
        under_change = asked_under_change(self.pipeline.claims, self.pipeline.since)
        found = []
        for variant in self.programs:
            runs = {PLAIN: self._play(variant.name, variant.program, asked)}
            for key, changes in self._varied_changes.items():
                if key in self.unset:
                    continue
                changed = companions.program_with(
                    self.pipeline.scenario, changes, under_change[key]
                )
                runs[key] = self._play(
                    variant.name,
                    changed.with_choice(variant.rule, variant.option),
                    under_change[key],
                )
            for name, wanted in self._varied_factors.items():
                program = self._program_with(name, wanted)
                key = factor_key(name)
                runs[key] = self._play(
                    f"{key}, {variant.name}",
                    program.with_choice(variant.rule, variant.option),
                    wanted,
                )
            found.append(runs)
        return found

    def _play(
        self, name: str, program: Program, asked: list[Question], futures: int = 0
    ) -> Companion:
        size = futures or self.futures
        playing = Playing(
            size,
            self.pipeline.playing.seed,
            self.pipeline.playing.threads,
            self.pipeline.playing.engine,
        )

        def tell(progress: Any) -> None:
            if self._listen is not None:
                seconds = time.monotonic() - self._began
                self._listen(Stage(name, self._done + progress.done, self._total, seconds))

        run = companions.play(program, playing, asked, self.pipeline.known, tell)
        self._done += size
        return run


def _possible(claim: ReadClaim, program: Program) -> ReadClaim:
    """Take the readings from a claim about an outside event that nobody gave a chance."""
    chances = {
        event.name: event.probability is not None or event.settled is not None
        for event in program.events
    }
    for observable in sorted(claim.observables(), key=str):
        if observable.name == "event" and not chances.get(str(observable.args[0]), False):
            reason = NO_CHANCE.format(name=observable.args[0])
            return replace(claim, wordings=(), reason=reason)
    return claim


def _changes(claims: Iterable[ReadClaim]) -> dict[str, Mapping[str, Any]]:
    """Every set of things that some claim wants set, each once."""
    return {change_key(changes): changes for claim in claims for changes in claim.runs()}


def bases_of(scenario: Scenario) -> dict[str, int]:
    """How many of the theatre's numbers stand on each footing; plain defaults are not counted."""
    found = {quantity.name: quantity for quantity in named_quantities(scenario.theatre).values()}
    counts: Counter[str] = Counter(
        quantity.basis or "unstated"
        for quantity in found.values()
        if quantity.basis is not None or not quantity.certain
    )
    order = ("published", "calibrated", "estimate", "assumption", "tuned", "unstated")
    return {basis: counts[basis] for basis in order if counts[basis]}
