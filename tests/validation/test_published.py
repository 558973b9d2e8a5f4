import pytest
from validation.published import Reproduction, reproduce


@pytest.mark.parametrize("row", reproduce(), ids=lambda row: row.name)
def test_published_result_is_reproduced(row: Reproduction) -> None:
    assert row.holds, f"{row.reproduced} instead of {row.published}"
