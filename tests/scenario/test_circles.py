from itertools import pairwise

import networkx
from hypothesis import given
from hypothesis import strategies as st

from contingent.scenario.circles import circle

NAMES = st.sampled_from("abcdef")


@given(st.dictionaries(NAMES, st.lists(NAMES, max_size=4)))
def test_a_circle_is_found_where_there_is_one(links: dict[str, list[str]]) -> None:
    graph = networkx.DiGraph([(a, b) for a, followers in links.items() for b in followers])
    found = circle(links)
    assert bool(found) is not networkx.is_directed_acyclic_graph(graph)
    if found:
        assert found[0] == found[-1]
        assert all(b in links[a] for a, b in pairwise(found))


def test_a_long_chain_is_no_matter() -> None:
    links = {str(i): [str(i + 1)] for i in range(20_000)}
    assert circle(links) == []
    assert len(circle({**links, "20000": ["0"]})) == 20_002
