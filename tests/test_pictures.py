"""Pictures of an edition: copied where they are pictures, shown with their size, never live."""

import struct
import zlib

import pytest

from sites import build, dead_links, pages_of
from teikit.project import read_project
from teikit.publish.pictures import Picture, picture_kind, read_pictures

TEXT = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>t</title>'
    "</titleStmt></fileDesc></teiHeader>{}\n<text><body>{}</body></text></TEI>"
)


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


JPEG = (
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\0\x11\x08\0\x1e\0\x28\3" + b"\0" * 20
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def publish(tmp_path):
    """Return a function that publishes a text beside these files."""

    def published(body: str, facsimile: str = "", **files: bytes):
        texts = tmp_path / "edition" / "texts"
        texts.mkdir(parents=True)
        (tmp_path / "edition" / "edition.toml").write_text("", encoding="utf-8")
        (texts / "a.xml").write_text(TEXT.format(facsimile, body), encoding="utf-8")
        for name, data in files.items():
            (texts / name.replace("_", ".")).write_bytes(data)
        return build(tmp_path / "edition")

    return published


def tags(published, name: str) -> list[dict]:
    return [said for tag, said in pages_of(published)["texts/a.html"].tags if tag == name]


def test_a_picture_of_the_edition_is_shown_with_its_size_and_its_description(publish):
    site = publish(
        '<figure><graphic url="seal.png"/><figDesc>A round seal.</figDesc></figure>',
        seal_png=png(30, 20),
    )
    (image,) = tags(site, "img")
    assert image["src"] == "../downloads/tei/texts/seal.png"
    assert (image["width"], image["height"]) == ("30", "20")
    assert (image["alt"], image["loading"]) == ("A round seal.", "lazy")
    assert site.files["site/downloads/tei/texts/seal.png"] == png(30, 20)
    assert list(dead_links(site)) == []
    assert [one for one in site.findings if one.rule.startswith("publish:")] == []


def test_the_page_of_the_source_leads_to_its_picture_through_surface_and_zone(publish):
    site = publish(
        '<pb n="1" facs="#s1"/><p facs="#z1">One</p><pb n="2" facs="two.jpg"/><p>Two</p>',
        '<facsimile><surface xml:id="s1"><graphic url="one.jpg"/><zone xml:id="z1"/></surface>'
        "</facsimile>",
        one_jpg=JPEG,
        two_jpg=JPEG,
    )
    links = [one["href"] for one in tags(site, "a") if "tk-facs" in (one.get("class") or "")]
    folder = "../downloads/tei/texts"
    assert links == [f"{folder}/one.jpg", f"{folder}/one.jpg", f"{folder}/two.jpg"]
    assert list(dead_links(site)) == []


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.svg", SVG, "SVG"),
        ("a.html", png(1, 1), "name does not end so"),
        ("a.png", b"<html><script>alert(1)</script>", "no picture"),
        ("a.png", SVG, "SVG"),
        ("a.jpg", png(1, 1), "name does not end so"),
    ],
)
def test_what_is_no_picture_by_name_and_content_stays_out_of_the_site(publish, name, data, reason):
    site = publish(f'<figure><graphic url="{name}"/></figure>', **{name.replace(".", "_"): data})
    assert f"site/downloads/tei/texts/{name}" not in site.files
    (finding,) = [one for one in site.findings if one.rule == "publish:picture"]
    assert reason in finding.message and finding.place.line == 2
    assert tags(site, "img") == []


def test_no_picture_from_outside_the_edition_is_read(tmp_path, publish):
    (tmp_path / "secret.png").write_bytes(png(1, 1))
    site = publish('<figure><graphic url="../../secret.png"/><graphic url="in.png"/></figure>')
    assert not any(path.endswith(".png") for path in site.files)
    (tmp_path / "edition" / "texts" / "in.png").symlink_to(tmp_path / "secret.png")
    site = build(tmp_path / "edition")
    assert not any(path.endswith(".png") for path in site.files)
    assert [one.rule for one in site.findings if one.rule.startswith("publish:")] == [
        "publish:picture"
    ]


def test_a_picture_elsewhere_is_a_link_and_loads_nothing(publish):
    site = publish('<figure><graphic url="https://example.org/a.png"/></figure>')
    assert tags(site, "img") == []
    assert "https://example.org/a.png" in [one.get("href") for one in tags(site, "a")]
    assert not any("example.org" in one for one in pages_of(site)["texts/a.html"].loaded)


def test_a_character_of_which_there_is_only_a_picture_is_that_picture(publish):
    site = publish(
        '<p>Thi<g ref="#x"/>.</p><charDecl><char xml:id="x"><charName>LONG S</charName>'
        '<figure><graphic url="x.png"/></figure></char></charDecl>',
        x_png=png(8, 8),
    )
    first = tags(site, "img")[0]
    assert (first["alt"], first["width"]) == ("LONG S", "8")
    assert first["src"].endswith("/x.png")


def test_tiff_is_offered_as_a_link(publish):
    site = publish('<figure><graphic url="a.tif"/></figure>', a_tif=b"II*\0" + b"\0" * 20)
    assert tags(site, "img") == []
    assert "../downloads/tei/texts/a.tif" in [one.get("href") for one in tags(site, "a")]


def test_sizes_are_read_from_what_the_file_says(tmp_path):
    webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\x27\0\0" + b"\x1d\0\0"
    gif = b"GIF89a" + struct.pack("<HH", 40, 30)
    (tmp_path / "edition.toml").write_text("", encoding="utf-8")
    (tmp_path / "texts").mkdir()
    files = {"a.jpg": JPEG, "a.gif": gif, "a.webp": webp, "cut.jpg": b"\xff\xd8\xff\xe0"}
    for name, data in files.items():
        (tmp_path / "texts" / name).write_bytes(data)
    (tmp_path / "texts" / "a.xml").write_text(
        TEXT.format("", "".join(f'<figure><graphic url="{name}"/></figure>' for name in files)),
        encoding="utf-8",
    )
    site = build(tmp_path)
    shown = {one["src"].rpartition("/")[2]: one.get("width") for one in tags(site, "img")}
    assert shown == {"a.jpg": "40", "a.gif": "40", "a.webp": "40", "cut.jpg": None}
    assert picture_kind(b"") == "" and Picture(b"", "tiff").is_shown is False
    assert read_pictures(read_project(tmp_path), []) == ({}, [])
