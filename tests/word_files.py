"""Word documents for tests, made of their XML without any library: what Word itself writes."""

import io
import zipfile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_OFFICE}/relationships" xmlns:m="{_OFFICE}/math" '
    f'xmlns:a="{_DRAWING}/main" xmlns:wp="{_DRAWING}/wordprocessingDrawing" '
    f'xmlns:c="{_DRAWING}/chart" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_PARTS = {  # name: the root of the part
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "header1": "hdr",
    "footer1": "ftr",
}
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}" w:customStyle="{int(said[:2] == "My")}">'
    f'<w:name w:val="{said}"/>{more}</w:style>'
    for name, said, more in (
        ("Titel", "Title", ""),
        ("Untertitel", "Subtitle", ""),
        ("berschrift1", "heading 1", ""),
        ("berschrift2", "heading 2", ""),
        ("Zitat", "Quote", "<w:rPr><w:i/></w:rPr>"),
        ("Verzeichnis1", "toc 1", ""),
        ("Akt", "My Act", '<w:basedOn w:val="berschrift2"/>'),
        ("Kapitel", "My Chapter", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
    )
)
NUMBERING = """
<w:abstractNum w:abstractNumId="7">
 <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2)"/>
 </w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>
 <w:lvlText w:val="-"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
"""


def make_docx(body: str, links: str = "", files: dict[str, bytes] | None = None, **parts: str):
    """Return a .docx with this content of w:body; parts by name, `links` as relationships."""
    parts = {"styles": STYLES, "numbering": NUMBERING} | parts
    types = [
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
        '<Default Extension="xml" ContentType="application/xml"/>',
        '<Default Extension="png" ContentType="image/png"/>',
        f'<Override PartName="/word/document.xml" ContentType="{_KIND.format("document.main")}"/>',
    ]
    made = {
        "_rels/.rels": _relationships(
            f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" '
            'Target="word/document.xml"/>'
        ),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    for name, content in parts.items():
        root = _PARTS[name]
        kind = {"hdr": "header", "ftr": "footer"}.get(root, root)
        made[f"word/{name}.xml"] = f"<w:{root} {_NAMESPACES}>{content}</w:{root}>"
        types.append(f'<Override PartName="/word/{name}.xml" ContentType="{_KIND.format(kind)}"/>')
        links += (
            f'<Relationship Id="{name}" Type="{_OFFICE}/relationships/{kind}" Target="{name}.xml"/>'
        )
    made["word/_rels/document.xml.rels"] = _relationships(links)
    made["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f"{''.join(types)}</Types>"
    )
    return make_zip({name: text.encode() for name, text in made.items()} | (files or {}))


def link(name: str, kind: str, target: str, outside: bool = False) -> str:
    """Return a relationship of the main part."""
    mode = ' TargetMode="External"' if outside else ""
    return (
        f'<Relationship Id="{name}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"{mode}/>'
    )


def _relationships(content: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{content}</Relationships>"
    )


def make_zip(members: dict[str, bytes]) -> bytes:
    """Return a zip with these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def change_member(data: bytes, name: str, change) -> bytes:
    """Return the zip with one member changed by a function of its bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {one: file.read(one) for one in file.namelist()}
    return make_zip(members | {name: change(members[name])})


def paragraph(*runs: str, style: str = "", more: str = "") -> str:
    """Return a w:p; a run that is no XML is text."""
    about = f'<w:pStyle w:val="{style}"/>' if style else ""
    made = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{about}{more}</w:pPr>{made}</w:p>"


def run(text: str, about: str = "") -> str:
    """Return a w:r with text, and the properties ABOUT it."""
    return f'<w:r><w:rPr>{about}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text: str, level: int = 0, number: int = 1) -> str:
    """Return a paragraph of a list."""
    about = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, more=about)


def field(instruction: str, *runs: str) -> str:
    """Return a field in its long form."""
    made = "".join(one if one.startswith("<") else run(one) for one in runs)
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{made}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


PAGE = '<w:r><w:br w:type="page"/></w:r>'
SEEN_PAGE = "<w:r><w:lastRenderedPageBreak/></w:r>"
BREAK = "<w:r><w:br/></w:r>"
