"""What is kept between runs never shows: a site made with it is the one made without."""

import os
import random
import sqlite3
import stat
from pathlib import Path

import pytest

from folders import files_in
from kept_editions import EDITS, edition_to_edit, site_of
from teikit.keeping import keys
from teikit.keeping.runner import KeepingRunner
from teikit.keeping.store import Store, open_store
from teikit.looks import note_look, noting_looks
from teikit.publish import gathering
from teikit.safety.worker import Here


def clean_site_of(edition, monkeypatch):
    """Return the files of the site when nothing is kept."""
    with monkeypatch.context() as without:
        without.setenv("TEIKIT_CACHE", "")
        return site_of(edition)


def assert_same(kept, clean, what):
    """Say which files differ, rather than show two sites."""
    different = [name for name in sorted({*kept, *clean}) if kept.get(name) != clean.get(name)]
    assert not different, what


def edit_and_compare(tmp_path, monkeypatch, seed, count):
    monkeypatch.setenv("TEIKIT_CACHE", str(tmp_path / "cache"))
    edition, rng, done = edition_to_edit(tmp_path), random.Random(seed), []
    assert_same(site_of(edition), clean_site_of(edition, monkeypatch), "before any edit")
    for _ in range(count):
        for edit in rng.sample(EDITS, rng.choice([1, 1, 2])):
            edit(edition, rng)
            done.append(edit.__name__)
        assert_same(site_of(edition), clean_site_of(edition, monkeypatch), done)


@pytest.mark.parametrize("seed", [1])
def test_site_after_random_edits_is_the_one_of_a_clean_build(tmp_path, monkeypatch, seed):
    edit_and_compare(tmp_path, monkeypatch, seed, 12)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 13))
def test_site_after_many_random_edits_is_the_one_of_a_clean_build(tmp_path, monkeypatch, seed):
    edit_and_compare(tmp_path, monkeypatch, seed, 60)


@pytest.mark.parametrize("edit", EDITS, ids=lambda one: one.__name__)
def test_site_after_each_kind_of_edit_is_the_one_of_a_clean_build(tmp_path, monkeypatch, edit):
    monkeypatch.setenv("TEIKIT_CACHE", str(tmp_path / "cache"))
    edition, rng = edition_to_edit(tmp_path), random.Random(7)
    before, changed = site_of(edition), False
    for _ in range(4):
        edit(edition, rng)
        now = site_of(edition)
        changed = changed or now != before
        assert_same(now, clean_site_of(edition, monkeypatch), edit.__name__)
    assert changed, "an edit that changes nothing shows nothing"


def test_a_text_is_told_all_links_that_its_page_asks_for(tmp_path, monkeypatch):
    monkeypatch.setenv("TEIKIT_CACHE", "")
    edition = edition_to_edit(tmp_path)
    told = site_of(edition)
    links = gathering._links

    def all_links(site_map, _targets, *more):
        return links(site_map, (*site_map.pages, *site_map.files), *more)

    monkeypatch.setattr(gathering, "_links", all_links)
    assert_same(told, site_of(edition), "told of all links")


def test_an_edition_with_templates_that_ask_much_is_not_outdated(tmp_path, monkeypatch):
    monkeypatch.setenv("TEIKIT_CACHE", str(tmp_path / "cache"))
    edition = edition_to_edit(tmp_path)
    (edition / "templates").mkdir()
    (edition / "templates" / "base.html").write_text(
        """{% extends "shipped/base.html" %}{% block head %}
        {% for uri, entity in edition.entities.items() %}{{ entity.names[0].text }}{% endfor %}
        {{ site.edition.mentions|length }} {{ page.header.titles }} {{ site.project.title }}
        {% for one in site.edition.texts %}{{ one.characters }} {% endfor %}{% endblock %}"""
    )
    rng = random.Random(3)
    for edit in EDITS[:7]:
        edit(edition, rng)
        assert_same(site_of(edition), clean_site_of(edition, monkeypatch), edit.__name__)


class Counting(Here):
    """Runs jobs here, and counts which."""

    def __init__(self):
        self.ran = []

    def run(self, name, *arguments):
        self.ran.append(arguments[0] if name == "noted" else name)
        return super().run(name, *arguments)


def count_runs(tmp_path, calls, tool="1", beside=None):
    jobs = Counting()
    with Store(tmp_path / "cache", "edition") as store:
        runner = KeepingRunner(jobs, store, tool, beside or {})
        results = runner.run_all("extract", calls)
    return jobs.ran, results


CALL = (b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body/></text></TEI>', "texts/a.xml")


def test_a_job_with_the_same_arguments_runs_once(tmp_path):
    first, made = count_runs(tmp_path, [(*CALL, "", 0)])
    second, kept = count_runs(tmp_path, [(*CALL, "", 0)])
    assert (first, second) == (["extract"], [])
    assert made == kept


@pytest.mark.parametrize(
    "change", [{"tool": "2"}, {"beside": {"extract": "a schema"}}], ids=["tool", "beside"]
)
def test_another_teikit_or_surroundings_run_it_again(tmp_path, change):
    count_runs(tmp_path, [(*CALL, "", 0)])
    assert count_runs(tmp_path, [(*CALL, "", 0)], **change)[0] == ["extract"]


def test_results_come_in_the_order_of_the_calls(tmp_path):
    calls = [(CALL[0], f"texts/{number}.xml", "", 0) for number in range(6)]
    count_runs(tmp_path, calls[1::2])
    ran, results = count_runs(tmp_path, calls)
    assert [one.path for one in results] == [path for _, path, *_ in calls]
    assert len(ran) == 3


def test_what_a_job_read_is_part_of_what_its_result_depends_on():
    with noting_looks() as looks:
        note_look("/f", "a.xml", b"a")
        note_look("/f", "gone.xml", None)
    note_look("/f", "later.xml", b"")
    assert {(one.path, bool(one.digest)) for one in looks} == {("a.xml", True), ("gone.xml", False)}


def test_tool_is_told_by_its_libraries(monkeypatch):
    keys.tool_digest.cache_clear()
    before = keys.tool_digest()
    keys.tool_digest.cache_clear()
    monkeypatch.setattr(keys, "version", lambda name: f"other {name}")
    assert keys.tool_digest() != before
    keys.tool_digest.cache_clear()


# -- the file of what is kept -----------------------------------------------------------------


def store_with(tmp_path, **entries) -> Path:
    with Store(tmp_path, "edition") as store:
        for key, value in entries.items():
            store.put(key.encode(), value)
    (path,) = tmp_path.glob("*.results")
    return path


def kept_in(tmp_path, key=b"a"):
    with Store(tmp_path, "edition") as store:
        return store.get(key)


def test_what_is_put_in_is_there_next_time(tmp_path):
    path = store_with(tmp_path, a=b"one")
    assert kept_in(tmp_path) == b"one"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_editions_do_not_share_a_file(tmp_path):
    store_with(tmp_path, a=b"one")
    with Store(tmp_path, "other edition") as store:
        assert store.get(b"a") is None


@pytest.mark.parametrize("offset", [0, 18, 100, 4096, 8192, -200, -1])
def test_a_damaged_file_gives_nothing_wrong_and_is_made_anew(tmp_path, offset):
    path = store_with(tmp_path, a=b"one" * 5000)
    data = bytearray(path.read_bytes())
    data[offset] ^= 0xFF
    path.write_bytes(data)
    assert kept_in(tmp_path) in (None, b"one" * 5000)
    store_with(tmp_path, a=b"two")
    assert kept_in(tmp_path) in (b"two", None)
    store_with(tmp_path, a=b"three")
    assert kept_in(tmp_path) == b"three"


def test_a_file_that_is_no_database_is_made_anew(tmp_path):
    path = store_with(tmp_path, a=b"one")
    path.write_bytes(b"no database at all" * 500)
    assert kept_in(tmp_path) is None
    store_with(tmp_path, a=b"two")
    assert kept_in(tmp_path) == b"two"


def test_an_entry_that_somebody_changed_does_not_count(tmp_path):
    path = store_with(tmp_path, a=b"one", b=b"two")
    with sqlite3.connect(path) as database:
        database.execute(
            "UPDATE entries SET value = (SELECT value FROM entries WHERE key = ?)", [b"b"]
        )
    database.close()
    assert kept_in(tmp_path) is None
    assert kept_in(tmp_path, b"b") == b"two"


@pytest.mark.parametrize(
    "change",
    (
        "DELETE FROM runs",
        "UPDATE runs SET last = NULL",
        "UPDATE runs SET last = 'many'",
        "UPDATE runs SET last = 9223372036854775807",
        "UPDATE uses SET run = 'many'",
        "UPDATE uses SET run = NULL",
        "INSERT INTO uses VALUES (9223372036854775807, 1)",
        "INSERT INTO uses VALUES (CAST(x'd9ff' AS TEXT), 1)",
        "UPDATE runs SET last = CAST(x'd9ff' AS TEXT)",
        "UPDATE entries SET value = CAST(x'd9ff' AS TEXT)",
    ),
)
def test_values_that_nobody_could_have_kept_are_made_anew(tmp_path, change):
    path = store_with(tmp_path, a=b"one")
    with sqlite3.connect(path) as database:
        database.execute(change)
    database.close()
    assert kept_in(tmp_path) in (b"one", None)
    store_with(tmp_path, a=b"two")
    store_with(tmp_path, a=b"three")
    assert kept_in(tmp_path) == b"three"


@pytest.mark.skipif(os.name == "nt", reason="the folder of the user is closed there")
@pytest.mark.parametrize("where", ["file", "folder"])
def test_what_others_may_write_to_does_not_count(tmp_path, where):
    path = store_with(tmp_path, a=b"one")
    (path if where == "file" else tmp_path).chmod(0o777)
    assert kept_in(tmp_path) is None


def test_a_link_in_place_of_the_file_is_not_followed(tmp_path):
    path = store_with(tmp_path / "cache", a=b"one")
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert kept_in(tmp_path / "cache") is None


def test_two_at_a_time_lose_nothing_but_what_is_made_again(tmp_path):
    with Store(tmp_path, "edition") as one, Store(tmp_path, "edition") as other:
        one.put(b"a", b"one")
        other.put(b"a", b"one")
        other.put(b"b", b"two")
    assert kept_in(tmp_path) == b"one"
    assert kept_in(tmp_path, b"b") == b"two"


def test_what_nobody_asks_for_any_more_is_taken_out(tmp_path):
    store_with(tmp_path, a=b"one", b=b"two")
    for number in range(8):
        with Store(tmp_path, "edition") as store:
            store.get(b"a")
            store.put(f"c{number}".encode(), b"more")
    assert kept_in(tmp_path) == b"one"
    assert kept_in(tmp_path, b"b") is None


def test_stores_of_too_many_editions_are_removed(tmp_path):
    for number in range(25):
        with Store(tmp_path, f"edition {number}") as store:
            store.put(b"a", b"one")
    assert len(list(tmp_path.glob("*.results"))) == 20


def test_nothing_is_kept_where_the_user_wants_that(tmp_path):
    assert open_store("edition", {"TEIKIT_CACHE": ""}) is None
    assert open_store("edition", {"TEIKIT_CACHE": str(tmp_path)}) is not None


def test_a_folder_that_cannot_be_made_is_no_reason_to_stop(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with Store(tmp_path / "file", "edition") as store:
        store.put(b"a", b"one")
        assert store.get(b"a") == b"one"
    assert files_in(tmp_path) == {"file": b"in the way"}
