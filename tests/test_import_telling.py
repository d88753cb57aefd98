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
    (tmp_path / "紅樓夢 節錄.txt").write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(
        teikit, ["import", str(tmp_path / "紅樓夢 節錄.txt"), "--into", str(tmp_path)]
    )
    assert "the text is called 紅樓夢-節錄 here; --name calls it otherwise" in done.output
    made = etree.parse(tmp_path / "texts/紅樓夢-節錄.xml")
    name = "紅樓夢 節錄.txt"
    assert [one.text for one in made.iterfind(".//{*}idno[@type='filename']")] == [name]


@pytest.mark.parametrize(
    ("tag", "write"),
    [
        ("zh_Hant", "zh-Hant"),
        ("中文", "zh"),
        ("english", "en"),
        ("Deutsch", "de"),
        ("xyzzy", "BCP"),
    ],
)
def test_it_is_said_what_to_write_for_a_language(tag, write):
    assert f"write {write}" in import_text(TEXT, language=tag).problem.replace("its code (", "")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("紅樓夢說「の」字是日文，是一個很常見的字，見於各處。", "zh"),
        ("私はその人を常に先生と呼んでいた。", "ja"),
        ("나라의 말이 중국과 달라 문자와", "ko"),
        ("The word の is Japanese.", ""),
    ],
)
def test_a_few_letters_of_another_script_tell_no_language(text, language):
    assert import_text(text).language == language


@pytest.fixture
def edition(tmp_path, monkeypatch):
    (tmp_path / "edition.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(teikit, ["import", *arguments])


def test_a_file_that_is_in_the_edition_is_not_imported_in_another_way(edition):
    (edition / "a.txt").write_text(TEXT, encoding="utf-8")
    (edition / "b.txt").write_text(TEXT, encoding="utf-8")
    assert run("a.txt").exit_code == 0
    again = run("a.txt")
    assert again.exit_code == 0 and "all of it is in the edition already" in again.output
    for arguments in (["b.txt"], ["a.txt", "--title", "first"], ["a.txt", "--language", "en"]):
        done = run(*arguments)
        assert done.exit_code == 2 and len(done.output.splitlines()) == 1
        assert "as texts/a.xml" in done.output and "take away texts/a.xml, source/a.txt and" in (
            done.output
        )
    assert sorted(path.name for path in (edition / "texts").iterdir()) == ["a.xml"]
    assert run("b.txt", "--name", "b").exit_code == 0
    assert run("b.txt", "--name", "b", "--title", "first").exit_code == 2


@pytest.mark.parametrize(
    ("language", "site", "resp", "note"),
    [
        ("en", "en", 'xml:lang="en">transcription', "The file has 27 bytes, in utf-8."),
        ("zh-Hans", "en", 'xml:lang="zh-Hans">转写与编码', "该文件共27字节，编码为utf-8。"),
        ("zh-TW", "en", 'xml:lang="zh-Hant">轉寫與編碼', "該檔案共27位元組，編碼為utf-8。"),
        ("en", "zh", 'xml:lang="zh-Hans">转写与编码', "该文件共27字节，编码为utf-8。"),
    ],
)
def test_the_words_of_ours_in_a_header_say_their_language_and_no_other_words_do(
    language, site, resp, note
):
    tei = import_text(TEXT, language=language, site_language=site).tei
    assert f"<resp {resp}" in tei.decode() and f">{note}</note>" in tei.decode()
    root = etree.fromstring(tei)
    said = {
        etree.QName(one).localname
        for one in root.iter("*")
        if one.get("{http://www.w3.org/XML/1998/namespace}lang") and one is not root
    }
    assert said == {"resp", "extent", "note", "p"}
    (rules,) = root.iterfind(".//{*}editorialDecl/{*}p")
    assert rules.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert len(root.findall(".//{*}text//{*}p")) == 2


def test_an_edition_in_chinese_gets_headers_in_chinese(edition):
    (edition / "edition.toml").write_text('[edition]\nlanguages = ["zh", "en"]\n', encoding="utf-8")
    (edition / "a.txt").write_text(TEXT, encoding="utf-8")
    assert run("a.txt").exit_code == 0
    assert "转写与编码" in (edition / "texts/a.xml").read_text(encoding="utf-8")
