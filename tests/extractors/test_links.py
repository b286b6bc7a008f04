"""How entities relate."""

import pytest

from schema.kinds import LINK_KINDS, may_link
from tests.extractors.conftest import Read

TITLE = "[RainNet|METHOD]: Forecasts with Gates"
Row = tuple[str, str, str]

LINKS: list[tuple[str, Row]] = [
    (
        "We propose [RainNet|METHOD], a gated net for [rain forecasting|TASK]. It is good.",
        ("RainNet", "ADDRESSES", "rain forecasting"),
    ),
    (
        "We propose [RainNet|METHOD]. Experiments on [Alpha|DATASET] show that [RainNet|METHOD] is good.",
        ("RainNet", "EVALUATED_ON", "Alpha"),
    ),
    (
        "We propose [RainNet|METHOD], which uses [contrastive learning|METHOD] to learn clouds.",
        ("RainNet", "USES", "contrastive learning"),
    ),
]


@pytest.mark.parametrize(("abstract", "expected"), LINKS)
def test_links_are_read(read: Read, abstract: str, expected: Row) -> None:
    assert expected in {(link.head, link.type.value, link.tail) for link in read(TITLE, abstract).links}


def test_every_link_is_one_that_the_schema_allows(read: Read) -> None:
    record = read(
        TITLE,
        "We propose [RainNet|METHOD] for [forecasting|TASK] based on [GPT-4|MODEL], trained on [Alpha|DATASET] derived from "
        "[Beta|DATASET], with higher [accuracy|METRIC] and [dropout|METHOD].",
    )
    assert record.links
    for link in record.links:
        assert link.type in LINK_KINDS
        assert may_link(link.type, link.head_label, link.tail_label)
        assert link.head != link.tail
