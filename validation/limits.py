"""Closed-form limits: each mechanism alone, set so bare that what it does can be written down.

Every limit plays the plain-Python engine (the core equals it to the last bit) in a theatre with
nothing else in it, and sets what comes out beside the formula: exact where no chance is in it, and
within about three standard errors where there is. The tests under ``tests/reference`` hold more of
them; these are the ones to be looked at.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from scipy import stats
from tests.reference.small_program import attack_under_way, play, small_program

from contingent.reference import command, commitment, layout, shocks, surveillance
from contingent.reference.columns import launch

COLUMNS = 4
STAND: dict[str, Any] = {"urban_speed": 0.0, "diameter": 1_000.0}


class Limit(NamedTuple):
    """Engine and formula side by side.

    Attributes
    ----------
    mechanism, says, x_label, y_label : what is shown
    x, engine, formula : (n,)
    error : (n,) standard error of the engine's numbers, zero without chance
    """

    mechanism: str
    says: str
    x_label: str
    y_label: str
    x: np.ndarray
    engine: np.ndarray
    formula: np.ndarray
    error: np.ndarray

    @property
    def worst(self) -> float:
        """Largest deviation, in standard errors where there is chance, else relative."""
        off = np.abs(self.engine - self.formula)
        if self.error.any():
            return float(np.max(off / np.maximum(self.error, 1e-12)))
        return float(np.max(off / np.maximum(np.abs(self.formula), 1e-12)))

    @property
    def holds(self) -> bool:
        """Within four standard errors, or one in a million."""
        return self.worst < (4.0 if self.error.any() else 1e-6)


def _exact(*said: str, x: Any, engine: Any, formula: Any) -> Limit:
    x, engine, formula = (np.asarray(values, dtype=float) for values in (x, engine, formula))
    return Limit(*said, x, engine, formula, np.zeros(len(x)))  # type: ignore[arg-type]


def _shares(*said: str, x: Any, hits: Any, trials: Any, formula: Any) -> Limit:
    """Shares of trials against chances, with the binomial error of the formula."""
    chance, trials = np.asarray(formula, dtype=float), np.asarray(trials, dtype=float)
    error = np.sqrt(chance * (1.0 - chance) / trials)
    return Limit(*said, np.asarray(x, float), np.asarray(hits) / trials, chance, error)  # type: ignore[arg-type]


def _come_about(*said: str, x: Any, days: Any, formula: Any) -> Limit:
    """Share of futures in which something has come about by some days."""
    came = np.asarray(days)
    hits = [(came <= day).sum() for day in x]
    return _shares(*said, x=x, hits=hits, trials=np.full(len(x), len(came)), formula=formula)


def _shock_rate() -> Limit:
    branchings, days, rate = np.array([0.0, 0.2, 0.4, 0.6, 0.7]), 4_000, 12.0
    counts = []
    for branching in branchings:
        t = small_program(
            N=1, on={"shocks"}, shock_rate=rate, shock_branching=branching, shock_decay=5.0
        ).theatre()
        count = 0
        for t.day in range(1, days + 1):
            shocks.advance(t)
            count += t.shock_today[0]
        counts.append(count)
    mean = rate / shocks.DAYS_PER_MONTH * days / (1.0 - branchings)
    return Limit(
        "shocks", "long-run rate of a Hawkes process: rate/(1 - branching)", "branching",
        "events a month", branchings, np.array(counts) / days * shocks.DAYS_PER_MONTH,
        mean / days * shocks.DAYS_PER_MONTH,
        np.sqrt(mean / (1.0 - branchings) ** 2) / days * shocks.DAYS_PER_MONTH,
    )  # fmt: skip


def _plan_dates() -> Limit:
    program = small_program(
        L=1, on={"clock"}, plan_kind=[layout.PLAN_REINFORCE], plan_actor=[1], plan_day=[30],
        plan_spread=[4],
    )  # fmt: skip
    dates = np.array([program.theatre(future).plan_date[0] for future in range(1_500)])
    days = np.arange(20, 41, 2)
    return _come_about(
        "clock", "date of a plan: rounded normal, 30 give or take 4", "day", "carried out by",
        x=days, days=dates, formula=stats.norm(30, 4).cdf(days + 0.5),
    )  # fmt: skip


def _commitment() -> Limit:
    wills, occasions = np.linspace(0.1, 0.9, 5), range(9, 1_500, commitment.REVIEW_DAYS)
    raised, trials = [], []
    for will in wills:
        program = small_program(
            on={"commitment"}, initial_holder=[0, 1], initial_will=will, commitment_inertia=1.0,
            initial_commitment=[[0, 0, 0, 0], [0.5, 0, 0, 0]], ceiling=1.0,
        )  # fmt: skip
        t, up = program.theatre(), 0
        for t.day in occasions:
            commitment.advance(t)
            up += t.announced[1][0] > 0.5
            t.announced[1][0] = t.commitment[1][0] = 0.5
        raised.append(up)
        trials.append(len(occasions))
    lean = 2.0 * (2.0 * wills - 1.0)
    weight = np.exp(np.array([lean, np.ones(5), -lean]))
    return _shares(
        "commitment", "raised at an occasion: logit of will", "will", "share of occasions",
        x=wills, hits=raised, trials=trials, formula=weight[0] / weight.sum(axis=0),
    )  # fmt: skip


def _intervention() -> Limit:
    program = small_program(
        A=3, P=3, X=1, on={"intervention"}, initial_holder=[0, 1, 2], route_from=[0, 0],
        route_to=[1, 2], option_actor=[2], option_target=[0], option_from=[2],
        option_force=[1_500], option_threshold=[0.5 + math.log(4) / 6],
        stance=[[1, -1, -1], [-1, 1, 0], [-1, 0, 1]],
    )  # fmt: skip
    futures, weeks = 150, np.arange(14, 99, 14)
    days = []
    for future in range(futures):
        t = program.theatre(future)
        play(t, 98)
        days.append(t.intervened[0] if t.intervened[0] >= 0 else 1_000)
    return _come_about(
        "intervention", "waiting at a chance of 1/5 a fortnight: geometric", "day", "entered by",
        x=weeks, days=days, formula=1.0 - 0.8 ** (weeks / 14),
    )  # fmt: skip


def _search() -> Limit:
    sweeps, found, looks = np.array([4.0, 10.0, 20.0, 40.0, 80.0]), [], []
    for sweep in sweeps:
        program = small_program(
            on={"surveillance", "movement"}, initial_holder=[0, 1],
            initial_mobile={(1, 1): 1_000}, aims={(0, 0): 5, (0, 1): 5}, hours=[20, 0],
            route_km=1_000, sector=[900, 600], signature=0.3, sweep=sweep,
        )  # fmt: skip
        seen = 0
        for future in range(400):
            t = program.theatre(future)
            t.watch[0][0] = t.watch[0][1] = 10.0
            launch(t, 1, 1, 0, 1_000, (1, 1, 1), layout.OFFENSIVE)
            t.day = 1
            surveillance.look(t)
            seen += t.column_known[1][0][0] == 1
        found.append(seen)
        looks.append(400)
    return _shares(
        "surveillance", "random search (Koopman): 1 - exp(-hours·sweep·visible/area)",
        "sweep, km2 an hour", "columns found in a day", x=sweeps, hits=found, trials=looks,
        formula=1.0 - np.exp(-20 * sweeps * 0.3 / 1_500),
    )  # fmt: skip


def _giving_up() -> Limit:
    program = attack_under_way(
        1_000, 1_000, on={"command"}, aims={(1, 0): 8}, abort_losses=0.22, patience=30.0
    )
    futures, days, ended = 300, np.arange(1, 13), []
    for future in range(futures):
        t = program.theatre(future)
        t.below_parity[1][0] = 180.0
        for t.day in range(1, 40):
            command._run(t, 1, 0)
            if t.phase[1][0] == layout.NO_OPERATION:
                break
        ended.append(t.day)
    return _come_about(
        "command", "giving up at three times the patience: geometric, 0.3 a day", "day",
        "given up by", x=days, days=ended, formula=1.0 - 0.7**days,
    )  # fmt: skip


def _march() -> Limit:
    kilometres, arrival = np.arange(50, 1_001, 50), []
    for km in kilometres:
        t = small_program(
            on={"movement"}, route_km=float(km), march=0.5, initial_mobile={(0, 0): 100}
        ).theatre()
        launch(t, 0, 0, 1, 100, (1, 1, 1), layout.RETREAT)
        while t.mobile[0][1] == 0.0:
            play(t, 1)
        arrival.append(t.day)
    return _exact(
        "movement", "arrival: days of march over the pace, whole days", "km at 50 km a day",
        "day of arrival", x=kilometres, engine=arrival,
        formula=np.ceil(kilometres / 50 - 1e-9),
    )  # fmt: skip


def _columns_struck() -> Limit:
    sizes, left = np.array([100.0, 300.0, 1_000.0, 2_000.0, 4_000.0]), []
    for size in sizes:
        t = small_program(
            on={"air", "movement"}, route_km=10_000, initial_holder=[0, 1],
            initial_mobile={(1, 1): size}, aims={(0, 0): 5}, sorties=[40, 0],
            column_lethality=1.0, place_desert=1,
        ).theatre()  # fmt: skip
        launch(t, 1, 1, 0, size, (1, 1, 1), layout.OFFENSIVE)
        t.column_known[1][0][0] = 0
        play(t, 1)
        left.append(size - t.column_size[1][0])
    return _exact(
        "air", "column under 40 sorties: 40·(size/(size + 100))", "size of the column", "killed",
        x=sizes, engine=left, formula=40 * sizes / (sizes + 100),
    )  # fmt: skip


def _square_law() -> Limit:
    loss, attackers, defenders = 0.01, 3_000.0, 2_000.0
    t = attack_under_way(
        attackers, defenders, combat_loss=loss, choose={"attrition": "square"}, **STAND
    ).theatre()
    days, left = np.arange(1, 61), []
    for _ in days:
        play(t, 1)
        left.append(t.static[0][0])
    total, gap = attackers + defenders, attackers - defenders
    formula = 0.5 * (total * (1.0 - loss) ** days - gap * (1.0 + loss) ** days)
    return _exact(
        "combat", "square law, 3,000 against 2,000, day by day", "day", "defenders left",
        x=days, engine=left, formula=formula,
    )  # fmt: skip


def _siege() -> Limit:
    t = small_program(
        on={"supply"}, initial_holder=[0, 0], supply_source=0, initial_stocks=0.9,
        airlift=[0, 0.5], supply_days=40.0,
    ).theatre()  # fmt: skip
    days, level = np.arange(1, 61), []
    for _ in days:
        play(t, 1)
        level.append(t.supply[0][1])
    return _exact(
        "supply", "stocks under siege fall by e in 40 days, to the airlift", "day", "stocks",
        x=days, engine=level, formula=np.maximum(0.9 * np.exp(-days / 40), 0.5),
    )  # fmt: skip


def _rest() -> Limit:
    t = small_program(
        on={"readiness"}, initial_static={(0, 0): 100}, initial_readiness=0.3,
        initial_stocks=0.8, rest=0.05,
    ).theatre()  # fmt: skip
    days, level = np.arange(1, 81), []
    for _ in days:
        play(t, 1)
        level.append(t.readiness[0][0])
    return _exact(
        "readiness", "rest closes 5 % of the gap to supply a day", "day", "readiness",
        x=days, engine=level, formula=0.8 - 0.5 * 0.95**days,
    )  # fmt: skip


def _ceasefire() -> Limit:
    program = small_program(
        on={"diplomacy"}, initial_holder=[0, 1], ceasefire_first=[0], ceasefire_second=[1],
        ceasefire_chance=[0.3],
    )  # fmt: skip
    futures, days, held = 150, np.arange(14, 99, 14), []
    for future in range(futures):
        t = program.theatre(future)
        began = 1_000
        for day in days:
            play(t, 14)
            if t.ceasefire[0] == 1:
                began = day
                break
        held.append(began)
    return _come_about(
        "diplomacy", "waiting for a ceasefire at 0.3 a fortnight: geometric", "day", "begun by",
        x=days, days=held, formula=1.0 - 0.7 ** (days / 14),
    )  # fmt: skip


def _recorded() -> Limit:
    rate = 12.0
    program = small_program(
        on={"readiness", "record"}, recruits=[rate, 0], recruit_place=[0, -1], days=60,
        record=[("fighters", 0, 0)], initial_static={(0, 0): 100},
    )  # fmt: skip
    days = np.arange(60)
    return _exact(
        "record", "a steady flow of recruits, as it is recorded", "day", "fighters",
        x=days, engine=program.run().series[:, 0], formula=100.0 + rate * days,
    )  # fmt: skip


LIMITS: tuple[Callable[[], Limit], ...] = (
    _shock_rate, _plan_dates, _commitment, _intervention, _search, _giving_up, _march,
    _columns_struck, _square_law, _siege, _rest, _ceasefire, _recorded,
)  # fmt: skip
"""One a mechanism, in the order of the day."""


def all_limits() -> list[Limit]:
    """Play them all; some seconds."""
    return [limit() for limit in LIMITS]


def table(limits: list[Limit]) -> pd.DataFrame:
    """Name each limit, how far the engine is from its formula at worst, and whether that holds."""
    rows = [
        (
            limit.mechanism,
            limit.says,
            "standard errors" if limit.error.any() else "relative",
            limit.worst,
            "yes" if limit.holds else "NO",
        )
        for limit in limits
    ]
    return pd.DataFrame(rows, columns=["mechanism", "limit", "unit", "worst", "holds"])


def draw(limits: list[Limit]) -> Figure:
    """Draw engine (points) and formula (line) for each mechanism."""
    rows = -(-len(limits) // COLUMNS)
    figure = Figure(figsize=(3.6 * COLUMNS, 2.9 * rows), layout="constrained")
    panels = np.atleast_2d(figure.subplots(rows, COLUMNS)).ravel()
    for panel, limit in zip(panels, limits, strict=False):
        panel.plot(limit.x, limit.formula, color="0.35", linewidth=1.2, label="formula")
        spread = 2.0 * limit.error if limit.error.any() else None
        panel.errorbar(
            limit.x, limit.engine, yerr=spread, fmt="o", markersize=3, color="#0072B2",
            elinewidth=0.8, label="engine",
        )  # fmt: skip
        panel.set_title(f"{limit.mechanism}: {limit.says}", fontsize=7.5, wrap=True)
        panel.set_xlabel(limit.x_label, fontsize=7)
        panel.set_ylabel(limit.y_label, fontsize=7)
        panel.tick_params(labelsize=7)
    panels[0].legend(fontsize=7)
    for panel in panels[len(limits) :]:
        panel.set_axis_off()
    return figure
