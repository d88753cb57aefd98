"""What teikit import says, and what it refuses to say."""

import pytest
from click.testing import CliRunner
from lxml import etree

from teikit.cli.commands import teikit
from teikit.importing.jobs import import_job
from teikit.importing.settings import ImportSettings

TEXT = "Some words.\n\nMore of them.\n"


def import_text(text: str, **options):
    return import_job(text.encode(), "a.txt", ImportSettings(source_name="a.txt", **options))


def test_a_page_marker_that_stands_nowhere_is_refused():
    made = import_text(TEXT, layout={"page_marker": "[S. {n}]"})
    assert made.problem.startswith("--page-marker [S. {n}]: stands nowhere in a.txt")
    assert not import_text(TEXT + "[S. 2]\n\nEnd.\n", layout={"page_marker": "[S. {n}]"}).problem


@pytest.mark.parametrize("tag", ["zh_Hant", "中文", "english"])
def test_a_language_that_is_none_is_refused(tag):
    assert import_text(TEXT, language=tag).problem.startswith(f"--language {tag}:")


@pytest.mark.parametrize(
    ("text", "said"),
    [("上海合作组织。\n", "language: zh, by its script (--language)"),
     (TEXT, "language: not told (--language)")],
)  # fmt: skip
def test_the_language_that_was_told_is_said(tmp_path, text, said):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    arguments = ["import", str(tmp_path / "a.txt"), "-o", str(tmp_path / "a.xml")]
    done = CliRunner().invoke(teikit, arguments)
    assert done.exit_code == 0 and said in done.output
    assert (
        "language:"
        not in CliRunner()
        .invoke(teikit, [*arguments[:-1], str(tmp_path / "b.xml"), "--language", "en"])
        .output
    )


def test_the_header_has_the_name_that_the_file_came_with(tmp_path):
    (tmp_path / "edition.toml").write_text("", encoding="utf-8")
    (tmp_path / "紅樓夢.txt").write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(
        teikit, ["import", str(tmp_path / "紅樓夢.txt"), "--into", str(tmp_path)]
    )
    assert "the text is called text-1 here; --name calls it otherwise" in done.output
    made = etree.parse(tmp_path / "texts/text-1.xml")
    assert [one.text for one in made.iterfind(".//{*}idno[@type='filename']")] == ["紅樓夢.txt"]
