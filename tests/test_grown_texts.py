"""What grows from the schemas of the TEI is published without a loss, wherever elements stand."""

from pathlib import Path

import pytest

from grown_texts import grown_texts
from judges import nu_problems, write_site
from shared_data import SHARED
from sites import dead_links
from teikit.loose import read_folder
from teikit.publish.pieces import PieceSettings
from teikit.publish.site import publish_site
from teikit.publish.work import piece_job, plain_job
from teikit.safety.worker import Here

SCHEMAS = SHARED / "schema" / "tei-p5"
pytestmark = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the schemas of ../shared are absent")


def losses(data: bytes) -> list[tuple[str, int, int, str]]:
    settings = PieceSettings("en", {}, {}, None)
    found = (*piece_job(data, "texts/a.xml", settings).losses, *plain_job(data, "a.xml").losses)
    return [
        (one.finding.rule, one.finding.place.line, one.finding.place.column, one.finding.message)
        for one in found
    ]


def judge(schema: Path, count: int, size: int, seed: int) -> list:
    texts = list(grown_texts(schema, count, size, seed))
    assert len(set(texts)) == count
    return [(number, one) for number, data in enumerate(texts) for one in losses(data)]


def test_what_grows_from_the_schema_of_printed_books_loses_nothing():
    assert judge(SCHEMAS / "tei_simplePrint.rng", 20, 100, seed=1) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_what_grows_from_the_whole_tei_loses_nothing(seed):
    assert judge(SCHEMAS / "tei_all.rng", 60, 120, seed) == []


@pytest.mark.slow
def test_pages_of_what_grows_are_valid_html_and_their_links_land(tmp_path):
    for schema, seed in (("tei_simplePrint", 21), ("tei_all", 22)):
        for number, data in enumerate(grown_texts(SCHEMAS / f"{schema}.rng", 25, 120, seed)):
            (tmp_path / f"{schema}-{number}.xml").write_bytes(data)
    published = publish_site(read_folder(tmp_path, Here()), Here())
    assert list(dead_links(published)) == []
    assert nu_problems(write_site(published.files, tmp_path / "site")) == []
