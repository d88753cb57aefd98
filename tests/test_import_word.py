"""Word documents: what is in them, as TEI."""

import pytest

from transcripts import find_differences, show
from word_files import BREAK, PAGE, SEEN_PAGE, field, item, link, make_docx, paragraph, run

pytest.importorskip("docx", reason="the extra word is not installed")

from teikit.importing.elements import Transcript
from teikit.importing.word.reading import read_word


def read(body: str, **parts: str) -> Transcript:
    transcript = read_word(make_docx(body, **parts), "a.docx")
    assert find_differences(transcript) == []
    assert not [one for one in transcript.lost if one.rule == "import:unaccounted"]
    return transcript


def told(transcript: Transcript, rule: str) -> list[str]:
    return [one.message for one in transcript.lost if one.rule == f"import:{rule}"]


def test_headings_open_divs_by_styles_that_are_named_in_german():
    found = read(
        paragraph("Foreword")
        + paragraph("One", style="berschrift1")
        + paragraph("Text")
        + paragraph("Deep", style="berschrift2")
        + paragraph("Two", style="berschrift1")
        + paragraph("End")
    )
    assert show(found) == (
        "<p>Foreword</p><div><head>One</head><p>Text</p><div><head>Deep</head></div></div>"
        "<div><head>Two</head><p>End</p></div>"
    )


def test_headings_are_told_by_outline_level_and_by_what_a_style_is_based_on():
    found = read(
        paragraph("A", style="Kapitel")
        + paragraph("B", style="Akt")
        + paragraph("C", more='<w:outlineLvl w:val="0"/>')
        + paragraph("D", style="Kapitel", more='<w:outlineLvl w:val="9"/>')
    )
    heads = [part.split("</head>")[0] for part in show(found).split("<head")[1:]]
    assert heads == [' rend="my-chapter">A', ' rend="my-act">B', ">C"]
    assert '<p rend="my-chapter">D</p>' in show(found)


def test_a_title_stands_above_all_and_names_the_text():
    found = read(
        paragraph("The Title", style="Titel")
        + paragraph("Of something", style="Untertitel")
        + paragraph("One", style="berschrift1")
    )
    assert found.title == "The Title"
    assert show(found) == (
        '<head type="main">The Title</head><head type="sub">Of something</head>'
        "<div><head>One</head></div>"
    )


def test_letters_are_marked_by_how_they_look_and_runs_are_joined():
    found = read(
        paragraph(
            run("a", "<w:b/>"),
            run("b", "<w:b/>"),
            run("c", '<w:b/><w:i/><w:u w:val="single"/>'),
            run("d", '<w:vertAlign w:val="superscript"/>'),
            run("e", '<w:b w:val="0"/>'),
            run("f", "<w:smallCaps/>"),
            run(" ", "<w:i/>"),
            run("g", '<w:spacing w:val="40"/>'),
        )
    )
    assert show(found) == (
        '<p><hi rend="bold">ab</hi><hi rend="bold italic underline">c</hi>'
        '<hi rend="superscript">d</hi>e<hi rend="small-caps">f</hi> <hi rend="letter-spaced">g</hi>'
        "</p>"
    )


def test_what_differs_from_an_italic_style_is_marked_and_the_style_is_not():
    found = read(paragraph("a", run("b", '<w:i w:val="0"/>'), run("c", "<w:i/>"), style="Zitat"))
    assert show(found) == '<quote><p>a<hi rend="not-italic">b</hi>c</p></quote>'


def test_lines_and_pages_begin_where_word_broke_them():
    found = read(
        paragraph("one", BREAK, "two ", SEEN_PAGE, "three")
        + paragraph("four", PAGE)
        + paragraph(SEEN_PAGE, "five")
        + paragraph("six", more="<w:pageBreakBefore/>")
    )
    assert show(found) == (
        "<pb/><p>onetwo <pb/>three</p><p>four</p><pb/><p>five</p><pb/><p>six</p>"
    )
    assert found.witness == "one\ntwo\fthree\n\nfour\n\n\ffive\n\n\fsix\n"


def test_an_empty_page_between_two_breaks_is_a_page():
    found = read(paragraph("one", PAGE, PAGE) + paragraph("two"))
    assert found.witness == "one\n\n\f\ftwo\n"


def test_a_section_begins_a_page_unless_it_says_otherwise():
    def ends(kind: str) -> str:
        return f'<w:sectPr><w:type w:val="{kind}"/></w:sectPr>'

    found = read(
        paragraph("one", more="<w:sectPr/>")
        + paragraph("two", more=ends("continuous"))
        + paragraph("three")
        + ends("nextPage")
    )
    assert found.witness == "one\n\ntwo\n\n\fthree\n"


def test_items_of_lists_have_the_numbers_that_word_shows():
    found = read(
        item("c") + item("c1", 1) + item("c2", 1) + item("d") + item("x", number=2) + item("e")
    )
    assert show(found) == (
        '<list rend="numbered"><item n="3">c<list rend="numbered"><item n="3.i">c1</item>'
        '<item n="3.ii">c2</item></list></item><item n="4">d</item></list>'
        '<list rend="bulleted"><item>x</item></list>'
        '<list rend="numbered"><item n="5">e</item></list>'
    )
    assert len(told(found, "generated")) == 1


def test_cells_that_span_rows_and_columns():
    def cell(text: str, about: str = "") -> str:
        return f"<w:tc><w:tcPr>{about}</w:tcPr>{paragraph(text) if text else '<w:p/>'}</w:tc>"

    found = read(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + cell("a", '<w:gridSpan w:val="2"/>')
        + cell("b", '<w:vMerge w:val="restart"/>')
        + "</w:tr><w:tr>"
        + cell("c")
        + cell("d")
        + cell("", "<w:vMerge/>")
        + "</w:tr></w:tbl>"
    )
    assert show(found) == (
        '<table><row role="label"><cell cols="2">a</cell><cell rows="2">b</cell></row>'
        "<row><cell>c</cell><cell>d</cell></row></table>"
    )


def test_notes_stand_where_they_are_referred_to():
    found = read(
        paragraph("Word", '<w:r><w:footnoteReference w:id="4"/></w:r>', " goes on")
        + paragraph("End", '<w:r><w:endnoteReference w:id="2"/></w:r>'),
        footnotes='<w:footnote w:id="4">'
        + paragraph("<w:r><w:footnoteRef/></w:r>", "A ", run("note", "<w:i/>"))
        + '</w:footnote><w:footnote w:id="5">'
        + paragraph("nobody refers to me")
        + "</w:footnote>",
        endnotes=f'<w:endnote w:id="2">{paragraph("a")}{paragraph("b")}</w:endnote>',
    )
    assert show(found) == (
        '<p>Word<note n="1" place="foot">A <hi rend="italic">note</hi></note> goes on</p>'
        '<p>End<note n="i" place="end"><p>a</p><p>b</p></note></p>'
    )
    (message,) = told(found, "outside")
    assert "word/footnotes.xml" in message and "“nobody refers to me”" in message


def test_lines_of_notes_are_not_counted_as_lines_of_the_text():
    found = read(
        paragraph("a", '<w:r><w:footnoteReference w:id="1"/></w:r>'),
        footnotes=f'<w:footnote w:id="1">{paragraph("b", BREAK, run("c", "<w:i/>"))}</w:footnote>',
    )
    assert show(found) == (
        '<p>a<note n="1" place="foot">b\n<milestone unit="line"/><hi rend="italic">c</hi></note>'
        "</p>"
    )
    assert found.witness == "a\n"


def test_a_note_that_refers_to_itself_ends():
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    found = read(
        paragraph("a", reference),
        footnotes=f'<w:footnote w:id="1">{paragraph("note", reference)}</w:footnote>',
    )
    assert show(found) == '<p>a<note n="1" place="foot">note</note></p>'


def test_comments_are_notes_and_said():
    found = read(
        paragraph("a", '<w:r><w:commentReference w:id="0"/></w:r>'),
        comments=f'<w:comment w:id="0" w:author="Me">{paragraph("why?")}</w:comment>',
    )
    assert show(found) == '<p>a<note type="comment">why?</note></p>'
    assert told(found, "outside")


def test_tracked_changes_are_add_and_del_and_said():
    found = read(
        paragraph(
            f'<w:ins w:author="Ada">{run("new")}</w:ins>',
            '<w:del w:author="Ada"><w:r><w:delText>old</w:delText></w:r></w:del>',
            f'<w:moveFrom w:author="Ada">{run("gone")}</w:moveFrom>',
        )
    )
    assert show(found) == '<p><add>new</add><del>old</del><del rend="moved">gone</del></p>'
    assert "Ada" in told(found, "tracked")[0]


def test_links_lead_out_and_links_inside_are_said():
    found = read(
        paragraph(
            f'<w:hyperlink r:id="l1">{run("out")}</w:hyperlink>',
            f'<w:hyperlink w:anchor="mark">{run("in")}</w:hyperlink>',
            f'<w:hyperlink r:id="l2">{run("bad")}</w:hyperlink>',
            field('HYPERLINK "https://example.org/x y"', "field"),
        ),
        links=link("l1", "hyperlink", "https://example.org/?a=1&amp;b=2", True)
        + link("l2", "hyperlink", "javascript:alert(1)", True),
    )
    assert show(found) == (
        '<p><ref target="https://example.org/?a=1&amp;b=2">out</ref>inbad'
        '<ref target="https://example.org/x%20y">field</ref></p>'
    )
    assert len(told(found, "changed")) == 2


def test_a_table_of_contents_is_listed_and_a_field_without_end_hides_nothing():
    whole = paragraph(field("TOC \\o", "One ... 3")) + paragraph("Text")
    found = read(whole)
    assert show(found) == "<p>Text</p>"
    assert "“One ... 3”" in told(found, "generated")[0]
    broken = whole.replace('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "")
    assert show(read(broken)) == "<p>One ... 3</p><p>Text</p>"


def test_text_boxes_said_twice_for_old_programs_are_read_once():
    box = f"<w:txbxContent>{paragraph('boxed')}</w:txbxContent>"
    found = read(
        paragraph(
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
            f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
            "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            "host",
        )
    )
    assert show(found) == '<p>host</p><p rend="textbox">boxed</p>'


def test_pictures_are_named_with_their_description():
    found = read(
        paragraph(
            '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A cat"/>'
            '<a:graphic><a:blip r:embed="p1"/></a:graphic></wp:inline></w:drawing></w:r>'
        ),
        links=link("p1", "image", "media/image1.png"),
        files={"word/media/image1.png": b"no picture"},
    )
    assert show(found) == (
        '<p><figure><graphic url="figures/image1.png"/><figDesc>A cat</figDesc></figure></p>'
    )
    assert "word/media/image1.png" in told(found, "picture")[0]


def test_hidden_text_formulas_and_symbols_are_kept_and_said():
    found = read(
        paragraph(
            run("secret", "<w:vanish/>"),
            "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>",
            '<w:r><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F04A"/>'
            "<w:noBreakHyphen/><w:softHyphen/></w:r>",
        )
    )
    assert show(found) == (
        '<p><hi rend="hidden">secret</hi><hi rend="formula">x=1</hi>α\uf04a\u2011\u00ad</p>'
    )
    assert told(found, "hidden") and len(told(found, "changed")) == 2


def test_ruby_and_languages():
    def in_language(text: str, said: str) -> str:
        return run(text, f"<w:lang {said}/>")

    base = f"<w:rubyBase>{run('漢')}</w:rubyBase>"
    found = read(
        paragraph(in_language("English words that are the most of it ", 'w:val="en-GB"'))
        + paragraph("See ", in_language("bonjour", 'w:val="fr-FR"'), in_language("!", 'w:val="la"'))
        + paragraph(in_language("colour", 'w:val="en-US"'))
        + paragraph(in_language("lingua Latina", 'w:val="la"'))
        + paragraph(in_language("中文", 'w:val="fr-FR" w:eastAsia="zh-CN"'))
        + paragraph(f"<w:r><w:ruby><w:rt>{run('かん')}</w:rt>{base}</w:ruby></w:r>")
    )
    assert show(found) == (
        "<p>English words that are the most of it </p>"
        '<p>See <foreign xml:lang="fr-FR">bonjour</foreign>!</p><p>colour</p>'
        '<p xml:lang="la">lingua Latina</p><p xml:lang="zh-CN">中文</p>'
        "<p><ruby><rb>漢</rb><rt>かん</rt></ruby></p>"
    )


def test_a_letter_that_is_set_large_is_in_its_paragraph():
    found = read(
        paragraph("O", more='<w:framePr w:dropCap="drop"/>') + paragraph("nce upon a time")
    )
    assert show(found) == '<p><hi rend="drop-cap">O</hi>nce upon a time</p>'


def test_headers_and_embedded_documents_are_listed():
    found = read(paragraph("a") + '<w:altChunk r:id="x"/>', header1=paragraph("Running title"))
    assert "“Running title”" in told(found, "outside")[0]
    assert told(found, "lost")


def test_a_changed_letter_in_the_tei_is_a_finding():
    from transcripts import as_tei

    found = read(paragraph("one", BREAK, "two") + paragraph("　三"))
    assert find_differences(found, as_tei(found).replace(b"two", b"tvo"))
    assert find_differences(found, as_tei(found).replace("　三".encode(), "三".encode()))
