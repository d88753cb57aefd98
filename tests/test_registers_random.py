"""Random registers and pointers: each mention is on its entity's page once, with its context."""

import json
import re

import pytest

from entity_editions import run
from registers_random import Maker, write_edition
from sites import build

ROW = re.compile(
    r'<span class="tk-before">(.*?)</span><mark>(.*?)</mark><span class="tk-after">(.*?)</span>'
)


@pytest.mark.parametrize("seed", range(12))
def test_each_mention_is_on_the_page_of_its_entity_once(seed, tmp_path):
    made = Maker(seed).edition()
    published = build(write_edition(made, tmp_path), draft=True)
    for page, expected in made.expected.items():
        html = published.files[f"site/{page}"].decode()
        rows = [(one[0].split()[-1:], one[1], one[2].split()[:1]) for one in ROW.findall(html)]
        wanted = [(one[0].split()[-1:], one[1], one[2].split()[:1]) for one in expected]
        assert sorted(rows) == sorted(wanted), page


@pytest.mark.parametrize("seed", range(12))
def test_each_pointer_of_a_name_is_a_link_in_the_text(seed, tmp_path):
    made = Maker(seed).edition()
    published = build(write_edition(made, tmp_path), draft=True)
    texts = {path: published.files[f"site/texts/{path}.html"].decode() for path in "abc"}
    for page, expected in made.expected.items():
        for before, surface, _ in expected:
            if before:  # not in the header, which has no page here
                html = next(html for html in texts.values() if f">{surface}<" in html)
                after = html.partition(f">{surface}<")[2][:400].partition(f" {before[0]}")[0]
                start = html.partition(f">{surface}<")[0].rpartition("<a ")[2]
                assert f"../{page}" in start + after, (page, surface)


@pytest.mark.parametrize("seed", range(6))
def test_table_of_entities_counts_what_the_pages_show(seed, tmp_path, monkeypatch):
    made = Maker(seed).edition()
    monkeypatch.chdir(write_edition(made, tmp_path))
    ran = run("list", "--format", "json")
    counts = {one["uri"]: len(one["mentions"]) for one in json.loads(ran.stdout)["entities"]}
    for page, expected in made.expected.items():
        folder, _, name = page.removeprefix("registers/").removesuffix(".html").partition("/")
        where = "texts" if len(folder) == 1 else "registers"
        assert counts[f"{where}/{folder}.xml#{name}"] == len(expected), page
