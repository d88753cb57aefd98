"""XML without any way out of the file, and the names that an ODD is made of."""

from lxml import etree

TEI = "http://www.tei-c.org/ns/1.0"
EXAMPLES = "http://www.tei-c.org/ns/Examples"
RNG = "http://relaxng.org/ns/structure/1.0"
SCH = "http://purl.oclc.org/dsdl/schematron"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Nothing(etree.Resolver):
    """Answer every request for another file with nothing (`load_dtd=False` alone does not)."""

    def resolve(self, url: str, public_id: str, context: object) -> object:
        """Return an empty text for whatever was asked."""
        return self.resolve_string("", context)


def parse(data: bytes) -> etree._Element:
    """Return the root of DATA; raise etree.XMLSyntaxError. Nothing is ever fetched."""
    parser = etree.XMLParser(
        resolve_entities="internal",
        no_network=True,
        load_dtd=False,
        collect_ids=False,
        huge_tree=False,
        remove_comments=True,  # a comment inside a word, a name or a rule must not cut it in two
        remove_pis=True,
    )
    parser.resolvers.add(Nothing())
    return etree.fromstring(data, parser)


def tei(name: str) -> str:
    """Return NAME as lxml writes it in the TEI namespace."""
    return f"{{{TEI}}}{name}"


def kind(node: etree._Element) -> str:
    """Return the local name of a TEI element, and "" for anything else."""
    if isinstance(node.tag, str) and node.tag.startswith(f"{{{TEI}}}"):
        return node.tag[len(TEI) + 2 :]
    return ""


def words(node: etree._Element, name: str) -> list[str]:
    """Return the white-space-separated words of attribute NAME."""
    return node.get(name, "").split()


def language(node: etree._Element) -> str:
    """Return the language in force at NODE, "" where none is declared."""
    while node is not None:
        if node.get(XML_LANG) is not None:
            return node.get(XML_LANG)
        node = node.getparent()
    return ""
