from contingent.scenario.relations import bloc_of, stance, stances, unlisted
from contingent.scenario.types import Scenario


def test_a_stance_belongs_to_the_blocs(rivers: Scenario) -> None:
    theatre = rivers.theatre
    assert stances(theatre)["northern", "southern"] == "hostile"
    assert stance(theatre, "north", "south") == stance(theatre, "ally", "southern") == "hostile"
    assert stance(theatre, "north", "ally") == "allied"
    assert stance(theatre, "north", "nobody") == "neutral"
    assert bloc_of(theatre, "ally") == bloc_of(theatre, "northern") == "northern"


def test_unlisted_pairs_are_neutral(rivers: Scenario) -> None:
    theatre = rivers.theatre.model_copy(update={"relations": ()})
    assert unlisted(theatre) == [("northern", "southern")]
    assert stance(theatre, "north", "south") == "neutral"
