"""Random formulas on random paths: the printed, the fast, the slow and the three-valued agree."""

from datetime import date, timedelta
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from contingent.claims import semantics
from contingent.claims.evaluate import (
    Evaluation,
    evaluate,
    last_day,
    one_of_each,
    series,
    settle,
)
from contingent.language import Formula, Observable, Vocabulary, parse, parse_expression, unparse
from contingent.language.formulas import walk
from contingent.language.predicates import PREDICATES

DAYS, FUTURES = 9, 3
START = date(2020, 1, 1)
WORDS = Vocabulary(
    actors=("a", "b"),
    places=("p", "q", "r"),
    start=START,
    now=START + timedelta(2),
    end=START + timedelta(DAYS - 1),
    blocs={"both": ("a", "b")},
)
TRUTHS = ("holds(a, p)", "holds(both, q)", "attacks(both, p)", "contested(q)", "true", "false")
NUMBERS = ("fighters(a)", "fighters(both, p)", "losses(a)", "losses(both, since=2020-01-04)", "2")
OPERATORS = ("not", "and", "or", "implies", "eventually", "always", "never", "until")
OPERATORS += ("weak_until", "before", "for_days", "share", "at")
PLACES = ("main_effort(a)", "main_effort(b)", "p", "q")


def iso(day: int) -> str:
    return (START + timedelta(day)).isoformat()


@st.composite
def windows(draw: st.DrawFn, last: str, span: str) -> str:
    """Options of an operator; windows may be empty seen from a late day."""
    since = draw(st.none() | st.integers(0, DAYS - 1))
    text = f", since={iso(since)}" if since is not None else ""
    match draw(st.sampled_from(["none", "date", "span"])):
        case "date":
            until = draw(st.integers(since or 0, DAYS - 1))
            return f"{text}, {last}={iso(until)}"
        case "span":
            return f"{text}, {span}={draw(st.integers(1, 12))} days"
    return text


@st.composite
def states_of_a_day(draw: st.DrawFn) -> str:
    match draw(st.sampled_from(["truth", "number", "place", "initial"])):
        case "truth":
            return draw(st.sampled_from(TRUTHS))
        case "place":
            sign = draw(st.sampled_from(["==", "!="]))
            other = draw(st.sampled_from([*PLACES, "q | r"]))
            return f"({draw(st.sampled_from(PLACES))} {sign} {other})"
        case "initial":
            return f"initial({draw(st.sampled_from(TRUTHS))})"
    return draw(comparisons(st.sampled_from(NUMBERS)))


@st.composite
def comparisons(draw: st.DrawFn, numbers: st.SearchStrategy[str]) -> str:
    sign = draw(st.sampled_from(["==", "!=", "<", "<=", ">", ">="]))
    left, right = draw(numbers), draw(numbers)
    match draw(st.sampled_from(["plain", "+", "-", "*", "/", "minus", "initial"])):
        case "plain":
            return f"({left} {sign} {right})"
        case "minus":
            return f"(-{left} {sign} {right})"
        case "initial":
            return f"({left} {sign} initial({draw(st.sampled_from(NUMBERS))}))"
        case operation:
            return f"({left} {operation} {draw(numbers)} {sign} {right})"


def combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """One level of connectives and operators of time."""

    @st.composite
    def one(draw: st.DrawFn) -> str:
        left, right = draw(inner), draw(inner)
        name = draw(st.sampled_from(OPERATORS))
        match name:
            case "not":
                return f"(not {left})"
            case "and" | "or" | "implies":
                return f"({left} {name} {right})"
            case "eventually":
                return f"{name}({left}{draw(windows('by', 'in'))})"
            case "always" | "never":
                return f"{name}({left}{draw(windows('until', 'for'))})"
            case "until" | "weak_until" | "before":
                return f"{name}({left}, {right}{draw(windows('by', 'in'))})"
            case "for_days":
                return f"{name}({draw(st.integers(1, 4))}, {left})"
            case "at":
                return f"{name}({iso(draw(st.integers(0, DAYS - 1)))}, {left})"
        share = f"share(days, {left}{draw(windows('by', 'for'))})"
        return draw(comparisons(st.sampled_from([share, "0.5", "1"])))

    return one()


FORMULAS = st.recursive(states_of_a_day(), combined, max_leaves=8)


class Drawn:
    """Random signals for three futures."""

    def __init__(self, seed: int) -> None:
        self.futures, self.days, self.start, self._seed = FUTURES, DAYS, START, seed

    def signal(self, observable: Observable) -> NDArray[Any]:
        words = [self._seed, *str(observable).encode()]
        generator = np.random.default_rng(words)
        shape = (FUTURES, DAYS)
        predicate = PREDICATES[observable.name]
        if predicate.sort == "truth":
            return generator.random(shape) < generator.choice([0.2, 0.5, 0.9])
        numbers = generator.integers(0, 4, shape)
        return (
            np.cumsum(numbers, axis=1).astype(float)
            if predicate.total
            else numbers - 1.0 * (predicate.sort == "number")
        )


class One:
    """One of the futures, as the slow evaluator wants it."""

    def __init__(self, paths: Drawn, future: int) -> None:
        self.days, self.start, self._paths, self._future = DAYS, START, paths, future

    def value(self, observable: Observable, day: int) -> float:
        return float(self._paths.signal(observable)[self._future, day])


class Gappy:
    """One future known in part: each day of each series is known or not."""

    def __init__(self, paths: Drawn, future: int, seed: int, known: float) -> None:
        self.days, self.start = DAYS, START
        self._paths, self._future, self._seed, self._known = paths, future, seed, known

    def bounds(self, observable: Observable) -> tuple[NDArray[Any], NDArray[Any]]:
        values = self._paths.signal(observable)[self._future]
        generator = np.random.default_rng([self._seed, *str(observable).encode()])
        known = generator.random(DAYS) < self._known
        slack = generator.choice([0.0, 1.0, np.inf], DAYS)
        if PREDICATES[observable.name].sort == "truth":
            return values & known, values | ~known
        if PREDICATES[observable.name].sort == "place":
            slack = np.where(slack == 0, 0.0, np.inf)
        return np.where(known, values, values - slack), np.where(known, values, values + slack)


class Completed:
    """One way of filling the gaps of a `Gappy` history."""

    def __init__(self, history: Gappy, as_of: int, seed: int) -> None:
        self.futures, self.days, self.start = 1, DAYS, START
        self._history, self._as_of, self._seed = history, as_of, seed

    def signal(self, observable: Observable) -> NDArray[Any]:
        low, high = self._history.bounds(observable)
        generator = np.random.default_rng([self._seed, 7, *str(observable).encode()])
        late = np.arange(DAYS) > self._as_of
        if PREDICATES[observable.name].sort == "truth":
            free = late | (low != high)
            return np.where(free, generator.random(DAYS) < 0.5, low)[np.newaxis].astype(bool)
        low, high = np.where(late, -np.inf, low), np.where(late, np.inf, high)
        guess = generator.integers(-2, 4, DAYS).astype(float)
        return np.clip(guess, low, high)[np.newaxis]


OFTEN = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@OFTEN
@given(text=FORMULAS)
def test_printing_and_reading_give_the_same_formula(text: str) -> None:
    formula = parse_expression(text, WORDS)
    assert parse_expression(unparse(formula), WORDS) == formula


@OFTEN
@given(text=FORMULAS, seed=st.integers(0, 10_000), cutoff=st.integers(0, DAYS - 1))
def test_fast_and_slow_evaluation_agree(text: str, seed: int, cutoff: int) -> None:
    formula, paths = parse_expression(text, WORDS), Drawn(seed)
    fast, every_day = evaluate(formula, paths, cutoff), series(formula, paths, cutoff)
    for future in range(FUTURES):
        path = One(paths, future)
        slow = [bool(semantics.meaning(formula, path, day, cutoff)) for day in range(DAYS)]
        assert every_day[future].astype(bool).tolist() == slow
        assert fast[future] == slow[cutoff]


@OFTEN
@given(
    text=FORMULAS,
    seeds=st.tuples(*[st.integers(0, 10_000)] * 3),
    known=st.sampled_from([0.3, 0.7, 0.95]),
    days=st.tuples(st.integers(0, DAYS - 1), st.integers(0, DAYS - 1)),
)
def test_what_history_settles_every_completion_confirms(
    text: str, seeds: tuple[int, int, int], known: float, days: tuple[int, int]
) -> None:
    formula = parse_expression(text, WORDS)
    cutoff, as_of = days
    history = Gappy(Drawn(seeds[0]), 0, seeds[1], known)
    settled = settle(formula, history, cutoff, as_of)
    if settled is None:
        return
    for filling in range(5):
        completed = Completed(history, as_of, seeds[2] + filling)
        assert evaluate(formula, completed, cutoff).tolist() == [settled]


@OFTEN
@given(text=FORMULAS, seed=st.integers(0, 10_000), cutoff=st.integers(0, DAYS - 1))
def test_a_history_without_gaps_settles_everything_as_the_path_does(
    text: str, seed: int, cutoff: int
) -> None:
    formula, paths = parse_expression(text, WORDS), Drawn(seed)
    if "/" in text:
        return
    settled = settle(formula, Gappy(paths, 1, 0, 2.0), cutoff, DAYS)
    assert settled == evaluate(formula, paths, cutoff)[1]


@OFTEN
@given(text=FORMULAS, seed=st.integers(0, 10_000), cutoff=st.integers(0, DAYS - 1))
def test_days_after_the_last_that_matters_change_nothing(text: str, seed: int, cutoff: int) -> None:
    formula = parse_expression(text, WORDS)
    last = last_day(formula, START, cutoff, DAYS)

    class Changed(Drawn):
        def signal(self, observable: Observable) -> NDArray[Any]:
            before, after = super().signal(observable), Drawn(seed + 1).signal(observable)
            return np.where(np.arange(DAYS) > last, after, before)

    assert evaluate(formula, Drawn(seed), cutoff).tolist() == (
        evaluate(formula, Changed(seed), cutoff).tolist()
    )


@OFTEN
@given(text=FORMULAS, seed=st.integers(0, 10_000), cutoff=st.integers(0, DAYS - 1))
def test_a_future_may_end_on_the_last_day_that_matters(text: str, seed: int, cutoff: int) -> None:
    formula = parse_expression(text, WORDS)
    cut = min(max(last_day(formula, START, cutoff, DAYS), cutoff) + 1, DAYS)

    class Ending:
        futures, days, start = FUTURES, cut, START

        def signal(self, observable: Observable) -> NDArray[Any]:
            return Drawn(seed).signal(observable)[:, :cut]

    whole = evaluate(formula, Drawn(seed), cutoff)
    assert evaluate(formula, Ending(), cutoff).tolist() == whole.tolist()


@OFTEN
@given(
    texts=st.lists(FORMULAS, min_size=1, max_size=4),
    seed=st.integers(0, 10_000),
    cutoffs=st.tuples(*[st.integers(0, DAYS - 1)] * 2),
)
def test_claims_asked_together_say_what_each_says_alone(
    texts: list[str], seed: int, cutoffs: tuple[int, int]
) -> None:
    alone = [parse_expression(text, WORDS) for text in (*texts, texts[0])]
    seen: dict[Formula, Formula] = {}
    together = [one_of_each(formula, seen) for formula in alone]
    assert together == alone
    assert together[-1] is together[0]
    parts = [part for formula in together for part in walk(formula)]
    assert len({id(part) for part in parts}) == len(set(parts))
    evaluation = Evaluation(Drawn(seed))
    for formula, same in zip(alone, together, strict=True):
        for cutoff in cutoffs:
            expected = evaluate(formula, Drawn(seed), cutoff).tolist()
            assert evaluation.claim(same, cutoff).tolist() == expected


def test_random_formulas_reach_every_answer() -> None:
    """The strategies above are of use only if they are not all true, false or open."""

    def formula(text: str) -> Formula:
        return parse(text, WORDS)

    history = Gappy(Drawn(3), 0, 5, 0.5)
    texts = [f"eventually({truth}, by={iso(5)})" for truth in TRUTHS]
    assert {settle(formula(text), history, 1, 6) for text in texts} == {True, False, None}
