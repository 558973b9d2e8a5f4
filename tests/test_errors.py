import inspect
import pickle

import pytest

from contingent import errors
from contingent.errors import ClaimError, Fault, InferenceError, QuantityError, ScenarioError

SPEED = Fault(
    "theatre.yaml",
    12,
    9,
    "routes[3].speed",
    "'40 km' (length)",
    "length/time",
    "write e.g. 40 km/day",
)
UNUSED = Fault("theatre.yaml", 4, 3, "places.t4", "no route to it", "", severity="warning")
TREE = [
    kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)
]


def test_the_tree_is_small_drawn_and_has_one_root() -> None:
    assert len(TREE) <= 10
    assert all(issubclass(kind, errors.ContingentError) for kind in TREE)
    assert errors.__doc__ and all(kind.__name__ in errors.__doc__ for kind in TREE)
    assert all(kind.__doc__ for kind in TREE)


def test_a_fault_says_where_what_wanted_and_next() -> None:
    assert str(SPEED) == (
        "theatre.yaml:12:9: routes[3].speed: "
        "found '40 km' (length), expected length/time; write e.g. 40 km/day"
    )
    assert str(UNUSED) == "theatre.yaml:4:3: places.t4: warning: found no route to it"


def test_a_fault_of_a_whole_file_has_no_line() -> None:
    assert str(Fault("a.yaml", 0, 0, "", "an empty file", "a theatre")) == (
        "a.yaml: found an empty file, expected a theatre"
    )


def test_a_scenario_error_prints_all_faults_in_the_order_of_the_file() -> None:
    error = ScenarioError(iter([SPEED, UNUSED]))
    assert error.faults == (UNUSED, SPEED)
    assert str(error).splitlines() == [
        "1 fault and 1 warning in theatre.yaml",
        str(UNUSED),
        str(SPEED),
    ]


@pytest.mark.parametrize(
    ("faults", "text"),
    [
        ([], "no faults"),
        ([SPEED, SPEED], "2 faults in theatre.yaml"),
        ([UNUSED], "1 warning in theatre.yaml"),
    ],
)
def test_summary(faults: list[Fault], text: str) -> None:
    assert errors.summary_of(faults) == text


def test_a_claim_error_points_at_the_character() -> None:
    error = ClaimError("unknown place 'palmira'", "holds(is, palmira)", 10, "did you mean palmyra?")
    message, text, caret = str(error).splitlines()
    assert message == "unknown place 'palmira'; did you mean palmyra? (character 11)"
    assert text[caret.index("^") :].startswith("palmira")


def test_a_claim_error_in_several_lines_shows_the_faulty_one() -> None:
    predicate = "eventually(\n  phi, by=soon)"
    error = ClaimError("expected a date", predicate, predicate.index("soon"))
    _, text, caret = str(error).splitlines()
    assert text == "    phi, by=soon)"
    assert text[caret.index("^") :].startswith("soon")


def test_a_claim_error_without_a_place() -> None:
    assert str(ClaimError("a claim is missing")) == "a claim is missing"
    assert str(ClaimError("void", "x > 1")) == "void\n  x > 1"


@pytest.mark.parametrize(
    "error",
    [
        ScenarioError([SPEED]),
        ClaimError("unknown place", "holds(is, x)", 10, "did you mean y?"),
        QuantityError("'x'", "a number"),
        errors.SettingError("--futures", "-3", "a number above 0", "write --futures 2000"),
        errors.StudyError("the study is of another scenario"),
        errors.BuildError("the core is missing"),
        InferenceError("too few root ancestors", partial=[1, 2]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_survive_the_way_from_a_worker(error: Exception) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))


def test_a_setting_error_names_the_setting() -> None:
    error = errors.SettingError("--futures", "-3", "a number above 0", "write --futures 2000")
    assert str(error) == "--futures: found -3, expected a number above 0; write --futures 2000"


def test_an_inference_error_carries_what_was_reached() -> None:
    assert InferenceError("collapsed at R7", {"reports": 6}).partial == {"reports": 6}
