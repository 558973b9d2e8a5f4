"""Tables of events: what is read, what is left out, and which reports come of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contingent.compile import compile_scenario
from contingent.errors import ScenarioError, SettingError
from contingent.infer.event_data import filtered
from contingent.infer.event_data_formats import read_events
from contingent.infer.event_data_reports import Settings, turn_events, write_reports
from contingent.infer.report_table import read_table, with_reports
from contingent.infer.reports import select
from contingent.scenario.loading import load

SIDES = """format,name,side
ucdp,Army of *,valley
ucdp,League,desert
ucdp,Uplands,heights
ucdp,Bandits,
acled,Military Forces of *,valley
acled,League,desert
"""
UCDP = "id,date_start,date_end,side_a,side_b,where_prec,lat,lon,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,low,high,type_of_violence,event_clarity\n"  # noqa: E501
ACLED = "event_id_cnty,event_date,time_precision,disorder_type,event_type,sub_event_type,actor1,actor2,latitude,longitude,geo_precision,fatalities,timestamp\n"  # noqa: E501
THEATRE = load("two-towns").theatre


def ucdp(
    name: int,
    day: str = "2031-03-02",
    last: str = "",
    sides: str = "Army of Highport,League",
    place: str = "30.0,9.4",
    precision: str = "1",
    dead: str = "3,4,0,2",
    bounds: str = "9,8,12",
    kind: int = 1,
) -> str:
    return f"{name},{day},{last or day},{sides},{precision},{place},{dead},{bounds},{kind},1\n"


def write(folder: Path, text: str, name: str = "events.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def turned(folder: Path, text: str, form: str = "ucdp", settings: Settings | None = None):
    sides = write(folder, SIDES, "sides.csv")
    return turn_events(write(folder, text), form, "two-towns", THEATRE, settings, sides)


def test_a_fight_and_both_sides_losses_become_reports_that_condition(tmp_path: Path) -> None:
    outcome = turned(tmp_path, UCDP + ucdp(1) + ucdp(2, "2031-03-04"))
    fight, valley, desert = outcome.reports
    assert fight["observe"] == "contested(westmill) or outskirts_contested(westmill)"
    assert (fight["on"], fight["published"], fight["window"]) == ("2031-03-04", "2031-03-07", "2")
    assert fight["grade"] == "B3" and "18 (16 to 24) dead in 2 events" in fight["says"]
    assert valley["observe"] == "losses(valley)" and valley["value"] == "5.3 to 13.3"
    assert desert["observe"] == "losses(desert)" and desert["value"] == "7.1 to 16.0"
    write_reports(tmp_path / "reports.csv", outcome.reports)
    reports, _ = read_table(tmp_path / "reports.csv")
    theatre = with_reports(THEATRE, reports)
    program = compile_scenario(load("two-towns"), ())
    chosen = select(theatre, program.names)
    found = {one.id: one for one in chosen.evidence}
    assert found["ucdp-westmill-valley-0"].kind == "event"
    assert found["ucdp-losses-valley"].bias == pytest.approx((0.05, 1.0))


def test_rows_that_say_less_than_they_seem_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = [
        ucdp(1),
        ucdp(2, precision="4"),
        ucdp(3, precision="1-2"),
        ucdp(4, last="2031-03-09"),
        ucdp(5, kind=3),
        ucdp(6, sides="Army of Highport,Bandits"),
        ucdp(7, sides="Army of Highport,Strangers"),
        ucdp(8, sides="Army of Highport,Army of Eastford"),
        ucdp(9, "2031-03-11"),
        ucdp(10, place="45.0,40.0"),
        ucdp(11, "2031-02-11"),
    ]
    open_ended = ucdp(12).replace("2031-03-02,2031-03-02", "2031-03-02,")
    outcome = turned(tmp_path, UCDP + "".join(rows) + open_ended)
    reasons = [str(one) for one in outcome.left_out]
    for words in (
        "after 2031-03-10", "vaguer than precision 3", "more than 7 days", "neither an end date",
        "no two armed sides", "does not name a side (most often Strangers)", "leaves a side aside",
        "of one bloc", "25 km", "before day 0",
    ):  # fmt: skip
        assert sum(words in reason for reason in reasons) == 1, words
    assert all(one.rows == 1 and one.dead == 9 for one in outcome.left_out)
    assert outcome.events == 2
    assert "filters are on" in outcome.said
    kept = turned(tmp_path, UCDP + "".join(rows) + open_ended, settings=Settings(every_row=True))
    assert kept.events == 6 and "every row is kept (--every-row)" in kept.said


def test_deaths_are_summed_by_month_dyad_and_area_whoever_comes_first(tmp_path: Path) -> None:
    text = UCDP + ucdp(1) + ucdp(2, "2031-02-05", sides="League,Army of Highport")
    text += ucdp(3, sides="League,Army of Highport", dead="7,1,1,0") + ucdp(4, place="45.0,40.0")
    deaths = turned(tmp_path, text).deaths
    assert deaths["month"].tolist() == ["2031-02", "2031-03", "2031-03"]
    assert deaths["area"].tolist() == ["westmill", "elsewhere", "westmill"]
    assert set(deaths["dyad"]) == {"desert - valley"}
    march = deaths.iloc[2]
    assert (march["events"], march["dead_first"], march["dead_second"]) == (2, 11, 4)
    assert (march["low"], march["best"], march["high"]) == (16, 18, 24)


def test_dead_of_one_side_only_are_no_fight(tmp_path: Path) -> None:
    outcome = turned(tmp_path, UCDP + ucdp(1, dead="0,9,0,0"))
    assert [one["id"] for one in outcome.reports] == ["ucdp-losses-desert"]


def test_the_day_of_the_latest_text_is_the_day_of_publication(tmp_path: Path) -> None:
    header = UCDP.replace("event_clarity", "event_clarity,source_date").replace(
        "lat,lon", "latitude,longitude"
    )
    dated = ucdp(1).rstrip() + ',"2031-03-03;2031-03-09"\n'
    late = ucdp(2).rstrip() + ',"2031-03-12"\n'
    outcome = turned(tmp_path, header + dated + late)
    assert {one["published"] for one in outcome.reports} == {"2031-03-09"}
    assert "9 (8 to 12) dead in one event" in outcome.reports[0]["says"]
    assert not any("assumed" in one for one in outcome.said)


def test_acled_battles_are_fights_and_give_no_losses(tmp_path: Path) -> None:
    row = "SYR{},{},{},Political violence,{},Armed clash,{},{},30.05,9.42,{},{},1700000000\n"
    battle = "Military Forces of Highport (2030-)", "League"
    rows = [
        row.format(1, "02 March 2031", 1, "Battles", *battle, 1, 5),
        row.format(2, "2031-03-03", 2, "Explosions/Remote violence", *battle, 1, 7),
        row.format(3, "2031-03-03", 3, "Battles", *battle, 1, 1),
        row.format(4, "2031-03-03", 1, "Battles", *battle, 3, 1),
        row.format(5, "2031-03-03", 1, "Protests", "Crowd", "", 1, 1),
    ]
    outcome = turned(tmp_path, ACLED + "".join(rows), "acled")
    (fight,) = outcome.reports
    assert fight["id"] == "acled-westmill-valley-0"
    assert "12 (12 to 12) dead" in fight["says"]
    assert [one.rows for one in outcome.left_out] == [1, 1, 1]
    assert any("no report of losses" in one for one in outcome.said)
    assert outcome.deaths["unknown"].tolist() == [12]


def test_what_cannot_be_read_says_where_and_what_next(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="'gdelt', expected ucdp or acled"):
        turned(tmp_path, UCDP + ucdp(1), "gdelt")
    with pytest.raises(SettingError, match="no column lat or latitude, deaths_a"):
        turned(tmp_path, UCDP.replace("deaths_a", "x").replace("lat,", "y,") + ucdp(1))
    with pytest.raises(SettingError, match="--format acled"):
        turned(tmp_path, ACLED + "a,2031-03-02,1,,Battles,,League,League,30,9,1,1,1\n")
    with pytest.raises(SettingError, match="no rows"):
        turned(tmp_path, UCDP)
    with pytest.raises(SettingError, match="cannot be read"):
        read_events(tmp_path / "missing.csv", "ucdp")
    with pytest.raises(SettingError, match="no event within 25 km of any place"):
        turned(tmp_path, UCDP + ucdp(1, place="45.0,40.0"))
    with pytest.raises(SettingError, match=r"no event has two sides .*Strangers"):
        turned(tmp_path, UCDP + ucdp(1, sides="Strangers,League"))
    with pytest.raises(SettingError, match="no event is left"):
        turned(tmp_path, UCDP + ucdp(1, "2031-04-01"))


def test_every_faulty_cell_is_named_by_line_and_column(tmp_path: Path) -> None:
    text = UCDP + ucdp(1) + ucdp(2, "soon") + ucdp(3, place="30.0,950") + ucdp(4, bounds="x,1,-3")
    with pytest.raises(ScenarioError) as caught:
        turned(tmp_path, text)
    found = [(fault.line, fault.name) for fault in caught.value.faults]
    assert found == [
        (3, "date_start"), (3, "date_end"), (4, "lon"), (5, "best"), (5, "high"),
    ]  # fmt: skip


def test_sides_must_be_of_the_theatre_and_be_there(tmp_path: Path) -> None:
    events = write(tmp_path, UCDP + ucdp(1))

    def given_sides(text: str) -> None:
        path = write(tmp_path, text, "sides.csv")
        turn_events(events, "ucdp", "two-towns", THEATRE, sides=path)

    with pytest.raises(ScenarioError, match="'sea', expected a bloc or an actor"):
        given_sides(SIDES + "ucdp,Pirates,sea\n")
    with pytest.raises(SettingError, match="no column side"):
        given_sides("format,name\n")
    with pytest.raises(SettingError, match="no row of format ucdp"):
        given_sides("format,name,side\nacled,League,desert\n")
    with pytest.raises(SettingError, match="cannot be read"):
        turn_events(events, "ucdp", "two-towns", THEATRE, sides=tmp_path / "none.csv")
    with pytest.raises(SettingError, match=r"no file two-towns\.sides\.csv"):
        turn_events(events, "ucdp", "two-towns", THEATRE)


def test_an_actor_stands_for_its_bloc(tmp_path: Path) -> None:
    sides = write(tmp_path, "format,name,side\nucdp,Army*,republic\nucdp,League,desert\n", "s.csv")
    events = write(tmp_path, UCDP + ucdp(1))
    outcome = turn_events(events, "ucdp", "two-towns", THEATRE, sides=sides)
    assert [one["id"] for one in outcome.reports][1:] == [
        "ucdp-losses-valley",
        "ucdp-losses-desert",
    ]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 12), st.integers(1, 6)), min_size=1))
def test_filters_only_ever_take_away_and_account_for_every_row(rows) -> None:
    import tempfile

    text = UCDP + "".join(
        ucdp(
            number,
            f"2031-03-{1 + begin:02d}",
            f"2031-03-{1 + begin + more:02d}"[:10],
            precision=str(code),
        )
        for number, (begin, more, code) in enumerate(rows)
        if 1 + begin + more <= 31
    )
    if text == UCDP:
        return
    with tempfile.TemporaryDirectory() as folder:
        table = read_events(write(Path(folder), text), "ucdp")
    kept = filtered(table, 3)
    assert len(kept.events) + sum(one.rows for one in kept.left_out) == len(table.events)
    assert (kept.events["days"] <= 7).all() and (kept.events["place_precision"] <= 3).all()


def test_the_librarys_sides_are_of_its_theatre(tmp_path: Path) -> None:
    theatre = load("syria-2016").theatre
    assert theatre.now == date(2016, 12, 12)
    rows = [
        ucdp(1, "2016-12-01", sides="Government of Syria,IS", place="34.56,38.28"),
        ucdp(2, "2016-12-11", sides="Government of Syria,IS", place="34.56,38.28"),
        ucdp(3, "2016-12-13", sides="Government of Syria,IS", place="34.56,38.28"),
    ]
    outcome = turn_events(write(tmp_path, UCDP + "".join(rows)), "ucdp", "syria-2016", theatre)
    assert {one["published"] for one in outcome.reports} == {"2016-12-04"}
    assert outcome.deaths["best"].sum() == 18
