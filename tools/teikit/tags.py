"""Where the tags of a file begin, which expat alone can tell."""

from array import array
from xml.parsers import expat

from teikit.malformed.scene import Stop
from teikit.source import after_tag


def find_tags(utf8: bytes) -> tuple[array, array, Stop | None]:
    """Return where the start tag and the end tag of each element begin, and where expat gave up.

    The elements are in document order; of an empty element both are the same.
    """
    starts, ends = array("Q"), array("Q")
    open_elements: list[tuple[int, str]] = []
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = parser.ordered_attributes = True

    def start(name: str, _attributes: object) -> None:
        open_elements.append((len(starts), name))
        starts.append(parser.CurrentByteIndex)
        ends.append(0)

    def end(_name: str) -> None:
        ordinal, at = open_elements.pop()[0], parser.CurrentByteIndex
        # of an empty tag expat says where it ends; of elements in an entity, where that stands
        is_end_tag = utf8[at : at + 2] == b"</" and not (
            utf8[at - 2 : at] == b"/>" and after_tag(utf8, starts[ordinal]) == at
        )
        ends[ordinal] = at if is_end_tag else starts[ordinal]

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(utf8, True)
    except expat.ExpatError as error:
        stopped = Stop(
            max(parser.ErrorByteIndex, 0),
            error.code,
            expat.ErrorString(error.code),
            tuple((starts[ordinal], name) for ordinal, name in open_elements),
            starts[0] if starts else -1,
            starts[-1] if starts else -1,
        )
        return starts, ends, stopped
    return starts, ends, None
