"""Each file in bad/ has one fault, which its name says: it is found, and at the right line."""

from pathlib import Path

import pytest

from contingent.errors import ScenarioError
from contingent.scenario.check import check
from contingent.scenario.loading import load

BAD = Path(__file__).parent / "bad"
ROWS = [
    ("not-yaml", 3, "',' or ']'"),
    ("tabs", 4, "a tab"),
    ("duplicate-keys", 8, "'ford' a second time (first in line 7)"),
    ("alias-bomb", 5, "more than 50,000 values"),
    ("alias-to-itself", 3, "the alias *x"),
    ("deep-nesting", 1, "nesting deeper than 40"),
    ("python-tag", 2, "python/object/apply:os.system"),
    ("explicit-tag", 2, "the tag"),
    ("list-as-key", 2, "as a key"),
    ("yaml-1-1", 2, "YAML 1.1"),
    ("empty", 1, "an empty file"),
    ("only-comments", 1, "an empty file"),
    ("a-list", 1, "no mapping"),
    ("neither-theatre-nor-argument", 1, "neither a theatre nor an argument"),
    ("binary", 1, "binary content"),
    ("latin-1", 2, "0xe9, which is not UTF-8"),
    ("utf-16", 1, "UTF-16"),
    ("control-characters", 2, "U+0007"),
    ("half-a-sign", 3, "U+D800, which is no text"),
    ("two-theatres", 18, "a second one"),
    ("unknown-version", 1, "version 2 of the language"),
    ("unknown-key", 8, "did you mean 'held_by'?"),
    ("unknown-top-key", 9, "did you mean 'routes'?"),
    ("missing-key", 10, "no 'road'"),
    ("missing-end", 1, "no 'end'"),
    ("unknown-kind", 7, "did you mean 'town'?"),
    ("text-for-mapping", 7, "a mapping of keys and values"),
    ("mapping-for-list", 16, "a list"),
    ("wrong-length", 10, "a list of 2"),
    ("wrong-unit", 10, "with the unit 'days'"),
    ("unknown-unit", 10, "a number in km"),
    ("not-a-number", 14, "a number in fighters"),
    ("truth-value-for-number", 14, "found true"),
    ("nan", 14, "a finite number"),
    ("infinity", 14, "a finite number"),
    ("enormous-number", 14, "a finite number"),
    ("negative-forces", 14, "at least 0 fighters"),
    ("fraction-above-one", 14, "from 0 to 1"),
    ("backward-interval", 14, "write 300 to 900"),
    ("backward-uniform", 14, "write {uniform: [300, 900]}"),
    ("interval-from-zero", 14, "begins above 0"),
    ("fraction-interval-to-one", 14, "strictly between 0 and 1"),
    ("two-forms", 14, "exactly one of"),
    ("choice-sums-to-more", 14, "add up to 1.2"),
    ("unknown-basis", 14, "one of published"),
    ("bad-identifier", 8, "such as east-bank"),
    ("off-the-calendar", 4, "a day of the calendar"),
    ("not-a-date", 4, "a date such as"),
    ("end-before-start", 5, "a day after the start"),
    ("fence-before-start", 4, "the fence 2019-12-31"),
    ("fence-after-end", 4, "the fence 2020-03-02"),
    ("too-long", 5, "at most 3,660 days"),
    ("published-too-early", 18, "the day it speaks of"),
    ("history-before-start", 19, "2019-12-31"),
    ("duty-ends-before-it-begins", 18, "its first day"),
    ("plan-after-end", 18, "to the end"),
    ("unknown-place", 10, "did you mean 'mill'?"),
    ("unknown-actor", 8, "did you mean 'south'?"),
    ("unknown-bloc", 14, "did you mean 'southern'?"),
    ("unknown-unknown", 15, "did you mean 'spirit'?"),
    ("unknown-mechanism", 17, "did you mean 'combat'?"),
    ("record-off", 17, "the record switched off"),
    ("unknown-structure", 17, "did you mean 'attrition'?"),
    ("unknown-variant", 17, "helmbold, square, linear"),
    ("unknown-parameter", 17, "did you mean 'combat_loss'?"),
    ("parameter-in-wrong-unit", 17, "km/day"),
    ("route-to-itself", 10, "to itself"),
    ("contradictory-relations", 17, "a stance belongs to the two blocs"),
    ("relation-within-a-bloc", 18, "for two actors of the bloc"),
    ("pair-twice", 17, "a second time"),
    ("two-holders", 7, "two holders"),
    ("holder-without-troops", 8, "only its enemy south"),
    ("force-of-nobody", 14, "neither mobile nor static"),
    ("force-at-two-places", 7, "under the place 'ford'"),
    ("force-twice", 14, "a second garrison"),
    ("operation-without-troops", 14, "where south has no mobile troops"),
    ("operation-against-itself", 14, "held by itself"),
    ("two-leaders", 15, "a second leader"),
    ("part-of-itself", 7, "a circle: ford → ford"),
    ("plan-without-target", 18, "no 'target'"),
    ("trigger-without-condition", 18, "no condition"),
    ("event-circle", 18, "vote → treaty → vote"),
    ("correlations-not-possible", 17, "positive definite"),
    ("correlation-of-a-certainty", 18, "which is exact"),
    ("divisor-of-nought", 7, "by which the engine divides"),
    ("even-odds-above-three", 17, "a ratio below 3"),
    ("trigger-beyond-memory", 19, "at most 8, which are remembered"),
    ("claim-does-not-parse", 22, "the formula stops too early"),
    ("claim-names-unknown-place", 22, "did you mean ford?"),
    ("claim-does-not-say-when", 22, "does not say when"),
    ("fact-does-not-parse", 19, "cannot be read"),
    ("circular-argument", 23, "a → b → a"),
    ("unknown-premise", 23, "did you mean 'falls'?"),
    ("claim-after-end", 23, "a day up to the end"),
    ("what-if-of-nothing", 24, "did you mean 'south.forces.mill.mobile'?"),
    ("what-if-out-of-range", 24, "from 0 to 1"),
    ("explanation-of-nothing", 24, "which the entry does not have"),
    ("hedge-out-of-order", 22, "ascending"),
    ("written-after-end", 18, "an article written on 2020-05-10"),
    ("about-nothing", 2, "which is not there"),
    ("about-outside", 2, "a name of letters"),
    ("extends-nothing", 3, "which is not there"),
    ("extends-itself", 3, "a circle: extends-itself.yaml → extends-itself.yaml"),
    ("extends-in-a-circle", 3, "extends-in-a-circle-2.yaml → extends-in-a-circle.yaml"),
    ("extends-in-a-circle-2", 3, "a circle"),
    ("extends-outside", 3, "which lies outside"),
    ("extends-absolute", 3, "which lies outside"),
    ("extends-an-argument", 3, "which holds no theatre"),
    ("patch-of-nothing", 17, "did you mean 'ford'?"),
    ("patch-removes-nothing", 17, "nothing called 'stocks' to remove"),
]


@pytest.mark.parametrize(("name", "line", "fragment"), ROWS)
def test_the_fault_is_reported_at_its_line(name: str, line: int, fragment: str) -> None:
    path = BAD / f"{name}.yaml"
    with pytest.raises(ScenarioError) as caught:
        load(path)
    matching = [fault for fault in caught.value.faults if fragment in str(fault)]
    assert matching, str(caught.value)
    assert line in [fault.line for fault in matching]
    assert all(fault.file.startswith(str(BAD)) for fault in matching)
    assert all(fault.column >= 1 for fault in matching)


@pytest.mark.parametrize("name", [name for name, _, _ in ROWS])
def test_one_mistake_gives_one_fault(name: str) -> None:
    consequences = {"bad-identifier": 3}
    assert len(check(BAD / f"{name}.yaml").faults) == consequences.get(name, 1)


def test_every_file_is_in_the_table() -> None:
    assert sorted(path.stem for path in BAD.iterdir()) == sorted(name for name, _, _ in ROWS)


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    text = (BAD / "wrong-unit.yaml").read_text()
    text = text.replace("kind: town", "kind: twon").replace("mobile: 900", "mobile: -3")
    text = text.replace("stance: hostile", "stance: hostil").replace("aims: {ford", "aims: {frod")
    path = tmp_path / "several.yaml"
    path.write_text(text)
    said = [str(fault) for fault in check(path).faults]
    for fragment in ("'days'", "'twon'", "-3 fighters", "'hostil'", "did you mean 'ford'?"):
        assert any(fragment in line for line in said), fragment
    assert said == sorted(said, key=lambda line: [int(n) for n in line.split(":")[1:3]])
