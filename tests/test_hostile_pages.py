"""What a stranger's TEI may try against readers: nothing of it is alive in a page."""

import json
import re
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

from browsers import browser  # noqa: F401
from sites import Published, build, pages_of
from teikit.document import TEI

PAYLOADS = (
    "javascript:alert(1)",
    " JaVa\tScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    '"><script>alert(1)</script><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' style='position:fixed",
    "</script><script>alert(1)</script><!--",
    "</style><style>*{background:url(https://evil.example/x)}",
    "expression(alert(1));behavior:url(#x);background:url(//evil.example/x)",
    "https://evil.example/x.png",
    "//evil.example/x",
    "file:///etc/passwd",
    "../../../../etc/passwd",
    "{{ 7 * 191 }}{% include '/etc/passwd' %}",
    "a\u2028b\u202ec",
)
ELEMENTS = (
    "p ab div head l lg note ref ptr graphic media figure figDesc formula table row cell list item "
    "label hi emph title persName placeName orgName rs name date time term gloss foreign seg s w "
    "pb lb cb milestone gap space add del subst choice sic corr abbr expan orig reg unclear "
    "supplied damage handShift fw app lem rdg rdgGrp witDetail sp speaker stage castList castItem "
    "role actor q quote said cit bibl biblStruct idno floatingText egXML gi att val code ident "
    "eg g c pc index anchor link linkGrp join alt span certainty msDesc listPerson person "
    "listPlace place listOrg org listEvent event listBibl interp interpGrp ruby rb rt "
    "opener closer salute signed dateline byline trailer argument epigraph postscript address "
    "addrLine num measure "
    "binaryObject xenoData facsimile surface zone line notatedMusic metamark listTranspose"
).split()
ATTRIBUTES = (
    "n type subtype target ref key corresp url facs src rend rendition style xml:lang cert resp "
    "when from to wit who ana scheme mimeType place reason unit extent hand xml:space source "
    "cols rows scribe sameAs next prev decls period calendar"
).split()
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>{0}</title><author ref={1}>{0}</author>"
    "<editor>{0}</editor></titleStmt><editionStmt><edition n={1}>{0}</edition></editionStmt>"
    "<publicationStmt><publisher>{0}</publisher><date when={1}>{0}</date><idno type={1}>{0}</idno>"
    "<availability><licence target={1} n={1}>{0}</licence></availability></publicationStmt>"
    "<sourceDesc><bibl>{0}</bibl></sourceDesc></fileDesc><encodingDesc><tagsDecl>"
    "<rendition xml:id='r' scheme='css'>{0}</rendition></tagsDecl></encodingDesc><profileDesc>"
    "<abstract><p>{0}<ref target={1}>{0}</ref></p></abstract><langUsage><language ident={1}>{0}"
    "</language></langUsage><textClass><keywords><term>{0}</term></keywords></textClass>"
    "<particDesc><listPerson><person xml:id='x1'><persName>{0}</persName>"
    "<idno type='URI'>{0}</idno><note>{0}<ref target={1}>{0}</ref></note></person>"
    "</listPerson></particDesc></profileDesc>"
    "</teiHeader>"
)
FOREIGN = (
    '<p><script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>'
    '<a xmlns="http://www.w3.org/1999/xhtml" href="javascript:alert(1)" onclick="alert(1)">x</a>'
    '<iframe xmlns="http://www.w3.org/1999/xhtml" srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"/>'
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script>'
    '<a href="javascript:alert(1)"><text>x</text></a><foreignObject/><style>*{color:red}</style>'
    '<image href="https://evil.example/x"/></svg>'
    '<math xmlns="http://www.w3.org/1998/Math/MathML" href="javascript:alert(1)">'
    '<mtext><style>*{}</style></mtext><annotation-xml encoding="text/html">x</annotation-xml>'
    "<mi>x</mi></math></p>"
)
TAGS = frozenset(
    "html head meta title link body a abbr address article aside b blockquote br caption cite code "
    "col colgroup data dd del details dfn dl div dt em fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd label legend li main mark nav ol optgroup "
    "option output p pre q rp rt ruby s samp search section select small span strong sub summary "
    "sup table tbody td textarea tfoot th thead time tr u ul var wbr button script noscript "
    "math mi mn mo ms mtext mrow mfrac msqrt mroot mstyle mpadded mphantom msub msup msubsup "
    "munder mover munderover mmultiscripts mprescripts mtable mtr mtd mspace semantics annotation "
    "merror"
    .split()
)  # fmt: skip
FORBIDDEN = frozenset("style srcdoc formaction action xlink:href background ping manifest".split())


def hostile(payload: str) -> str:
    """Return a TEI file that says the payload wherever it can."""
    said, value = escape(payload.replace("\t", "&#9;")), quoteattr(payload)
    parts = [HEADER.format(said, value), "<text><body>", FOREIGN, f"<p>{said}</p>"]
    for number, name in enumerate(ELEMENTS):
        attributes = " ".join(f"{one}={value}" for one in ATTRIBUTES)
        parts.append(f"<div xml:id='d{number}'><p><{name} {attributes}>{said}</{name}></p></div>")
        parts.append(f"<{name} xml:id='i{number}' target='#d{number}' ref='#x1'>{said}</{name}>")
    return f'<TEI xmlns="{TEI}">{"".join(parts)}</body></text></TEI>'


@lru_cache
def attacked(folder: Path) -> Published:
    """Return the site of an edition of all payloads."""
    (folder / "texts").mkdir()
    (folder / "edition.toml").write_text(
        '[edition]\ntitle = "</title><script>alert(1)</script>"\n'
        'contact = "<script>alert(1)</script>"\nbase-url = "https://a.example/"\n',
        encoding="utf-8",
    )
    for number, payload in enumerate(PAYLOADS):
        (folder / "texts" / f"t{number}.xml").write_text(hostile(payload), encoding="utf-8")
    return build(folder)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Published:
    return attacked(tmp_path_factory.mktemp("hostile"))


def harm(tag: str, attributes: dict[str, str | None]) -> list[str]:
    """Return what is dangerous about an element of a page."""
    found = [] if tag in TAGS else [f"<{tag}>"]
    for name, value in attributes.items():
        if name.startswith("on") or name in FORBIDDEN:
            found.append(f"{tag} {name}={value}")
        elif name in ("src", "href", "poster", "data", "srcset", "cite"):
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if re.match(r"[a-z][a-z0-9+.-]*:", address) and not re.match(
                r"(https?|mailto):", address
            ):
                found.append(f"{tag} {name}={value}")
            if tag not in ("a", "link") and re.match(r"[a-z]+:|//", address):
                found.append(f"{tag} loads {value}")
        elif name in ("class", "id") and re.search(r"[<>]", value or ""):
            found.append(f"{tag} {name}={value}")
    if tag == "link" and attributes.get("rel") == "stylesheet":
        found += [] if re.fullmatch(r"(\.\./)*static/[\w.-]+", attributes["href"]) else ["a sheet"]
    if tag == "meta" and attributes.get("http-equiv") not in (None, "Content-Security-Policy"):
        found.append(f"meta {attributes}")
    return found


def test_nothing_of_it_is_alive_in_a_page(site):
    found = {}
    for name, page in pages_of(site).items():
        for tag, attributes in page.tags:
            for one in harm(tag, attributes):
                found.setdefault(one, name)
    assert found == {}


def test_scripts_of_pages_are_ours_and_data_is_data(site):
    for path, data in site.files.items():
        if not path.endswith(".html"):
            continue
        for attributes, content in re.findall(
            r"<script([^>]*)>(.*?)</script>", data.decode(), re.S
        ):
            if "application/ld+json" in attributes:
                json.loads(content)
                assert "<" not in content, path
            else:
                assert re.search(r'src="(\.\./)*static/[\w.-]+\.js"', attributes), path
                assert content == "", path


def test_each_page_has_a_policy_that_lets_nothing_else_in(site):
    for name, page in pages_of(site).items():
        policies = [
            attributes["content"]
            for tag, attributes in page.tags
            if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        assert len(policies) == 1, name
        rules = dict(rule.split(maxsplit=1) for rule in policies[0].split("; "))
        assert rules["default-src"] == "'none'", name
        for kind, sources in rules.items():
            assert set(sources.split()) <= {"'self'", "file:", "'none'"}, (name, kind)


def test_words_of_it_stay_words(site):
    words = " ".join(page.words for page in pages_of(site).values())
    assert "{{ 7 * 191 }}" in words and "1337" not in words
    assert "<script>alert(1)</script>" in words


@pytest.mark.slow
def test_browser_runs_nothing_and_asks_nobody(browser, site, tmp_path):  # noqa: F811
    for path, data in site.files.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    page = browser.new_page()
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda one: one.url.startswith("file:") or said.append(one.url))
    for path in sorted(tmp_path.rglob("*.html")):
        page.goto(path.as_uri())
    page.close()
    assert said == []
