"""Tables of the study of onsets, and the priors that it offers."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from validation.onset import fit, library
from validation.onset.table import FIRST, LAST, Rule, kilometres, table, world

RESULTS = Path(__file__).parents[1] / "results"
EPISODES = Path(__file__).parents[1] / "data" / "episodes.csv"
SURGE = Rule(surge=True)
RULES = (Rule(), Rule(10.0, 30), Rule(25.0, 30), Rule(15.0, 21), Rule(15.0, 60), SURGE)
LINEAR = ("km", *fit.COVARIATES[1:])
WITHIN = ("log_km", "busy_within", *fit.COVARIATES[2:])
LINEAR_KM = "km instead of its log"
OWN_MEAN = "busy against the same defender's mean"
NEAR_KM, NEAR_DAYS = 15.0, 7
SOURCE = f"UCDP GED, {FIRST} to {LAST} (validation/onset)"
DISTANCE = (
    "near model.distance_cost (100 to 220 km) in meaning, not the same: there marches begin where "
    "surplus troops stand, and odds fall with distance too"
)
MOVED, NARROWED = 0.25, 0.9


class Study(NamedTuple):
    """Tables of the study.

    Attributes
    ----------
    events : every onset
    rates : by attacker
    coefficients : of every fit, by rule and model
    launches : recorded beside simulated, by attacker
    operations : documented operations at these places, and whether an onset marks them
    priors : what is offered
    """

    events: pd.DataFrame
    rates: pd.DataFrame
    coefficients: pd.DataFrame
    launches: pd.DataFrame
    operations: pd.DataFrame
    priors: pd.DataFrame


def study(futures: int = library.FUTURES) -> Study:
    """Count, fit, simulate launches and offer priors."""
    weeks, surges = _with_own_mean(table()), _with_own_mean(table(SURGE))
    rates = pd.concat([by_attacker(weeks), by_attacker(surges, "surge")], ignore_index=True)
    coefficients = pd.concat(
        [
            _coefficients(weeks, RULES[0], "registered", fit.COVARIATES),
            _coefficients(weeks, RULES[0], LINEAR_KM, LINEAR),
            _coefficients(weeks, RULES[0], OWN_MEAN, WITHIN),
            _coefficients(surges, SURGE, OWN_MEAN, WITHIN),
            _coefficients(surges, SURGE, LINEAR_KM, LINEAR),
            *(_coefficients(table(rule), rule, "registered", fit.COVARIATES) for rule in RULES[1:]),
        ],
        ignore_index=True,
    )
    played = library.launches(futures)
    counted = weeks.groupby("attacker").agg(onsets=("onset", "sum"), weeks=("exposure", "sum"))
    informed = library.inform(played, counted.reset_index())
    priors = pd.concat(
        [_rate_priors(rates), _pull_priors(coefficients), _parameters(played, informed)],
        ignore_index=True,
    )
    onsets = weeks[weeks["onset"] == 1].sort_values(["day", "place"])
    surged = surges[surges["onset"] == 1].sort_values(["day", "place"])
    columns = ["day", "attacker", "defender", "place", "km", "busy_defender"]
    listed = pd.concat([onsets[columns].assign(rule="quiet"), surged[columns].assign(rule="surge")])
    operations = marked(onsets).assign(marked_by_surge=marked(surged)["marked"])
    return Study(listed, rates, coefficients, informed.simulated, operations, priors)


def _with_own_mean(weeks: pd.DataFrame) -> pd.DataFrame:
    """Add how busy a defender is against what he is on average."""
    usual = weeks.groupby("defender")["busy_defender"].transform("mean")
    return weeks.assign(busy_within=weeks["busy_defender"] - usual)


def by_attacker(weeks: pd.DataFrame, rule: str = "quiet") -> pd.DataFrame:
    """Onsets a place-week and a week of the bloc, with gamma intervals (Jeffreys' prior)."""
    rows = []
    for attacker, own in [*weeks.groupby("attacker"), ("any", weeks)]:
        count, exposure = float(own["onset"].sum()), float(own["exposure"].sum())
        posterior = stats.gamma(count + 0.5, scale=1.0 / exposure)
        low, high = posterior.ppf([0.05, 0.95])
        calendar = 1.0 + ((LAST - FIRST).days - Rule().quiet_days) / 7.0
        rows.append(
            {
                "rule": rule,
                "attacker": attacker,
                "onsets": int(count),
                "place_weeks": exposure,
                "per_place_week": posterior.mean(),
                "low": low,
                "high": high,
                "per_week": count / calendar,
            }
        )
    return pd.DataFrame(rows)


def _coefficients(
    weeks: pd.DataFrame, rule: Rule, model: str, covariates: tuple[str, ...]
) -> pd.DataFrame:
    given = fit.design(weeks, covariates)
    found = fit.fit(given)
    rows = []
    for number, name in enumerate(found.names):
        low, mean, high = found.interval(name)
        unit = given.scale.get(name, (0.0, 1.0))[1]
        rows.append(
            {
                "model": model,
                "rule": "surge" if rule.surge else "quiet",
                "within_km": rule.within_km,
                "quiet_days": rule.quiet_days,
                "onsets": int(given.onset.sum()),
                "name": name,
                "low": low,
                "mean": mean,
                "high": high,
                "laplace_mean": found.mode[number],
                "laplace_sd": found.deviation[number],
                "one_sd_is": unit,
                "ratio_per_unit_low": np.exp(low / unit),
                "ratio_per_unit": np.exp(mean / unit),
                "ratio_per_unit_high": np.exp(high / unit),
                "told": bool(low > 0.0 or high < 0.0),
                "effective": found.effective,
            }
        )
    return pd.DataFrame(rows)


def marked(onsets: pd.DataFrame) -> pd.DataFrame:
    """Documented operations at the places looked at, and whether an onset lies within a week."""
    operations = pd.read_csv(EPISODES, parse_dates=["start_date"])
    begun = operations["start_date"].dt.date
    seen = operations["theatre"].isin(["Syria", "Iraq"]) & (begun > FIRST) & (begun <= LAST)
    where = world()
    rows = []
    for row in operations[seen].itertuples():
        km = kilometres(np.array([[row.lat, row.lon]]), where.spots)[0]
        near = [name for name, far in zip(where.places, km, strict=True) if far <= NEAR_KM]
        if not near:
            continue
        gaps = [
            abs((one.day - row.start_date.date()).days)
            for one in onsets.itertuples()
            if one.place in near
        ]
        rows.append(
            {
                "id": row.id,
                "start": row.start_date.date(),
                "nearest_onset_days": min(gaps, default=np.nan),
                "marked": min(gaps, default=NEAR_DAYS + 1) <= NEAR_DAYS,
            }
        )
    return pd.DataFrame(rows)


def _prior(name: str, unit: str, numbers: tuple[float, float, float], says: str) -> dict:
    low, mean, high = numbers
    return {
        "name": name, "unit": unit, "low": low, "mean": mean, "high": high, "before_low": np.nan,
        "before_high": np.nan, "moved": np.nan, "narrowed": np.nan, "shipped": "no",
        "basis": "calibrated", "source": SOURCE, "last_date": LAST, "says": says,
    }  # fmt: skip


def _rate_priors(rates: pd.DataFrame) -> pd.DataFrame:
    says = "no parameter is a rate of launches: the rate comes of odds, worth, distance and cost"
    rows = [
        _prior(
            f"launch rate, {row.attacker}, {row.rule}",
            "1/place-week",
            (row.low, row.per_place_week, row.high),
            says,
        )
        for row in rates.itertuples()
    ]
    return pd.DataFrame(rows)


def _pull_priors(coefficients: pd.DataFrame) -> pd.DataFrame:
    def row_of(model: str, name: str, rule: str = "quiet") -> pd.Series:
        main = (coefficients["within_km"] == 15.0) & (coefficients["quiet_days"] == 30)
        main &= coefficients["rule"] == rule
        found = coefficients[main & (coefficients["model"] == model)].set_index("name")
        return found.loc[name]

    def ratio(row: pd.Series) -> tuple[float, float, float]:
        return row["ratio_per_unit_low"], row["ratio_per_unit"], row["ratio_per_unit_high"]

    busy = row_of("registered", "busy_defender")
    within = row_of(OWN_MEAN, "busy_within")
    surge = row_of(OWN_MEAN, "busy_within", "surge")
    air = row_of("registered", "air_elsewhere")
    reach, surge_reach = (_reach(row_of(LINEAR_KM, "km", rule)) for rule in ("quiet", "surge"))
    return pd.DataFrame(
        [
            _prior("pull of a busy defender, rate ratio", "1/front", ratio(busy),
                   "a busy defender is a large one too: no estimate of opportunism"),
            _prior("the same against the defender's own mean", "1/front", ratio(within),
                   "larger and smaller defenders no longer compared"),
            _prior("the same, with surges at places in contact", "1/front", ratio(surge),
                   "the other rule of what an onset is"),
            _prior("aircraft engaged elsewhere, rate ratio", "1/ln(1 + events)", ratio(air),
                   "a proxy: events in which only the defender's enemies died"),
            _prior("distance at which the rate falls by e, quiet", "km", reach, DISTANCE),
            _prior("distance at which the rate falls by e, surge", "km", surge_reach, DISTANCE),
        ]
    )  # fmt: skip


def _reach(row: pd.Series) -> tuple[float, float, float]:
    """Distance over which a rate falls by e, from a slope by distance; infinite if it rises."""
    found = [
        -row["one_sd_is"] / row[end] if row[end] < 0.0 else float("inf")
        for end in ("low", "mean", "high")
    ]
    return found[0], found[1], found[2]


def _parameters(played: library.Launches, informed: library.Informed) -> pd.DataFrame:
    rows = []
    for row in library.offered(played.program, informed).itertuples():
        told = abs(row.moved) >= MOVED or row.narrowed <= NARROWED
        prior = _prior(row.name, "of the parameter", (row.low, np.nan, row.high), "")
        prior |= {"before_low": row.before_low, "before_high": row.before_high}
        prior |= {"moved": row.moved, "narrowed": row.narrowed}
        prior["says"] = (
            f"through simulated launches: moved by {row.moved:+.2f} of its spread, which becomes "
            f"{row.narrowed:.2f} of itself; " + ("weak" if told else "as good as nothing")
        )
        rows.append(prior)
    return pd.DataFrame(rows)


def write(found: Study) -> None:
    """Write every table to ``validation/results``."""
    for name, part in found._asdict().items():
        part.to_csv(RESULTS / f"onset_{name}.csv", index=False, float_format="%.5g")
