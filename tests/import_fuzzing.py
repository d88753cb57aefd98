"""Mutants of Word documents and of Markdown files: what a damaged or hostile one may hold."""

import io
import random
import re
import zipfile

from word_files import make_zip

_ELEMENT = re.compile(r"<(w:\w+)([ >].{0,3000}?)</\1>", re.S)
_TAG = re.compile(r"<[^<>!?]+>")
_NAMES = (
    "w:p w:r w:t w:tbl w:tc w:tr w:ins w:del w:hyperlink w:sdt w:txbxContent w:numPr w:pPr w:rPr "
    "w:fldSimple w:drawing w:pict w:ruby w:delText w:footnoteReference w:sectPr w:moveFrom"
).split()
_VALUES = ["", "0", "-1", "99999999", "xyz", "restart", "begin", "end", "page", "1.5", "#"]
_INSERTED = (
    '<w:br w:type="page"/>|<w:lastRenderedPageBreak/>|<w:t>zzz</w:t>|<w:r><w:t>rrr</w:t></w:r>|'
    '<w:p><w:r><w:t>ppp</w:t></w:r></w:p>|<w:fldChar w:fldCharType="begin"/>|'
    '<w:fldChar w:fldCharType="end"/>|<w:instrText>TOC</w:instrText>|<w:tbl/>|text|<!-- c -->|'
    '<w:footnoteReference w:id="1"/>|<w:sym w:char="F061"/>|<?pi x?>|<w:delText>ddd</w:delText>|'
    '<w:vMerge/>|<w:gridSpan w:val="3"/>|<w:noBreakHyphen/>|<w:cr/>|<w:sectPr/>'
).split("|")
_MARKS = (
    "*|**|_|`|```\n|[|](|x)|![|<|>|\n> |\n- |\n1. |\n\n|  \n|\\|&amp;|[^1]|[^1]: |\n---\n|\t|    |"
    "# |~~|<div>|</div>|<!--|-->|<sup>|</sup>|<br>|\x00|\x0c|\x01|\u2028|\ufeff|é|中|\u3000|\xa0"
).split("|")


def mutate_docx(data: bytes, chance: random.Random) -> bytes:
    """Return the document with one or two of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {name: file.read(name) for name in sorted(file.namelist())}
    texts = [name for name in members if re.fullmatch(r"word/\w+\.xml", name)]
    for name in {chance.choice(texts), "word/document.xml"}:
        members[name] = _mutate(members[name].decode(), chance).encode()
    return make_zip(members)


def _mutate(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 4)):
        tags = list(_TAG.finditer(text))
        at = chance.choice(tags).start() if tags else 0
        found = _ELEMENT.search(text, at)
        kind = chance.randint(0, 5)
        if kind == 0:
            text = text[:at] + chance.choice(_INSERTED) + text[at:]
        elif found is None:
            continue
        elif kind == 1:
            text = text[: found.end()] + found[0] + text[found.end() :]
        elif kind == 2:
            text = text[: found.start()] + text[found.end() :]
        elif kind == 3:
            name = chance.choice(_NAMES)
            renamed = f"<{name}{found[2]}</{name}>"
            text = text[: found.start()] + renamed + text[found.end() :]
        elif kind == 4:
            text = text[: found.start()] + text[found.end() :]
            at = chance.choice(list(_TAG.finditer(text)) or [found]).end()
            text = text[:at] + found[0] + text[at:]
        else:
            said = f'w:val="{chance.choice(_VALUES)}"'
            value = re.compile(r'w:val="[^"]*"').search(text, at)
            text = text[: value.start()] + said + text[value.end() :] if value else text
    return text


def mutate_markdown(text: str, chance: random.Random) -> str:
    """Return the text with some marks put in, some characters taken out, and some doubled."""
    for _ in range(chance.randint(1, 8)):
        at, kind = chance.randrange(len(text) + 1), chance.random()
        if kind < 0.6:
            text = text[:at] + chance.choice(_MARKS) + text[at:]
        elif kind < 0.8:
            text = text[:at] + text[at + chance.randint(1, 20) :]
        else:
            other = chance.randrange(len(text) + 1)
            text = text[:at] + text[other : other + 40] + text[at:]
    return text
