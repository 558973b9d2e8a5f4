from validation.published import reproduce


def test_published_results_are_reproduced() -> None:
    rows = reproduce()
    assert rows
    missed = [
        f"{row.name}: {row.reproduced} instead of {row.published}" for row in rows if not row.holds
    ]
    assert not missed
