"""What breaks the rules of XML inside a tag: names, attributes, quotation marks."""

import re

from teikit.malformed.scene import NAME, Fault, Scene, words

_SPACE = rb"[ \t\r\n]"
_TAG = re.compile(rb"<(" + NAME + rb")")
_ATTRIBUTE = re.compile(rb"%s+(%s)%s*=%s*(?:\"[^\"<]*\"|'[^'<]*')" % (_SPACE, NAME, _SPACE, _SPACE))
_IN_VALUE = re.compile(rb"%s+(%s)%s*=%s*([\"'])" % (_SPACE, NAME, _SPACE, _SPACE))
_BEFORE_VALUE = re.compile(rb"%s+(%s)%s*=%s*\Z" % (_SPACE, NAME, _SPACE, _SPACE))
_NO_VALUE = re.compile(rb"%s+(%s)%s*\Z" % (_SPACE, NAME, _SPACE))
_SPACED = re.compile(rb"<%s+(/?%s)(?:%s+%s=[^<>]{0,200})?%s*/?>" % (
    _SPACE, NAME, _SPACE, NAME, _SPACE
))  # fmt: skip
_NUMBERED = re.compile(rb"<(\d[\w.-]{0,60})/?>")
_WRONG_NAME = re.compile(rb"([\w.-]{1,60})%s*=" % _SPACE)
_OTHER_MARKS = "“”„‟«»‘’‚‹›＂"


def explain_tag(scene: Scene, start: int) -> Fault:
    """Return what is wrong with the start tag at START, in which the parser stopped."""
    utf8, offset = scene.utf8, scene.stop.offset
    tag = _TAG.match(utf8, start, offset)
    if tag is None:
        return _no_tag(scene, start)
    at, last = tag.end(), None
    while attribute := _ATTRIBUTE.match(utf8, at, offset):
        at, last = attribute.end(), attribute
    value = _IN_VALUE.match(utf8, at, offset)
    if value:
        return _in_value(scene, words(value[1]), words(value[2]), value.end())
    before = _BEFORE_VALUE.match(utf8, at, offset)
    if before:
        return _unquoted(scene, words(before[1]))
    if scene.character() == "<":
        return _open_tag(scene, words(tag[0]), start)
    alone = _NO_VALUE.match(utf8, at, offset)
    if alone:
        name = words(alone[1])
        return Fault(
            f"the attribute {name} has no value",
            f'Write {name}="...", or take it out; if it is text, put > before it.',
            alone.start(1),
            alone.end(1),
        )
    if last is not None and at == offset:
        return _after_value(scene, last)
    return _no_attribute(scene)


def _no_tag(scene: Scene, start: int) -> Fault:
    spaced = _SPACED.match(scene.utf8, start)
    if spaced:
        name = words(spaced[1])
        return Fault(
            f"a space stands between < and {name}", f"Write <{name}.", start, spaced.start(1)
        )
    numbered = _NUMBERED.match(scene.utf8, start)
    if numbered:
        return Fault(
            f"{words(numbered[1])} is no name of an element: names begin with a letter",
            "Correct the name; or, where the character < is meant, write &lt;.",
            start,
            numbered.end(),
        )
    return Fault(
        "a < stands here that begins no tag",
        "Where the character < is meant, write &lt;.",
        start,
        start + 1,
    )


def _in_value(scene: Scene, name: str, mark: str, start: int) -> Fault:
    """Explain a < in the value of an attribute: it is meant, or the value has no end."""
    offset = scene.stop.offset
    said, rest = scene.utf8[start:offset], scene.after(offset, 400)
    ends = rest.find(mark.encode())
    if b">" not in said and ends > 0 and not set(rest[:ends]) & set(b"\n>="):
        return Fault(
            f"a < stands in the value of the attribute {name}", "Write &lt;.", offset, offset + 1
        )
    value = words(re.match(rb"[^<>\r\n]{0,61}", said)[0]).rstrip().rstrip("/")
    return Fault(
        f"the value of the attribute {name} has no quotation mark at its end",
        f"Put {mark} where the value ends"
        + (f": {name}={mark}{value}{mark}." if 0 < len(value) < 60 and "=" not in value else "."),
        start - 1,
        start,
    )


def _unquoted(scene: Scene, name: str) -> Fault:
    offset, character = scene.stop.offset, scene.character()
    value = words(re.match(rb"[^\s<>\"'=/]{0,60}", scene.after(offset))[0]).strip(_OTHER_MARKS)
    write = f'Write {name}="{value or "..."}"'
    end = offset + len(character.encode())
    if character and character in _OTHER_MARKS:
        return Fault(
            f"the value of the attribute {name} stands in quotation marks that XML does not know, "
            f"{character}",
            f"{write}, with the straight marks \" or '.",
            offset,
            end,
        )
    if not value:
        return Fault(f"the attribute {name} has no value", f"{write}, or take it out.", offset, end)
    return Fault(
        f"the value of the attribute {name} stands in no quotation marks", f"{write}.", offset, end
    )


def _open_tag(scene: Scene, tag: str, start: int) -> Fault:
    return Fault(
        f"the tag {tag} is not ended before another tag begins",
        f"Put > (or, for an empty element, />) at the end of {tag}.",
        start,
        start + len(tag.encode()),
    )


def _after_value(scene: Scene, last: re.Match[bytes]) -> Fault:
    """Explain what follows right after the closing quotation mark of a value."""
    offset, character = scene.stop.offset, scene.character()
    name, written = words(last[1]), last[0]
    place = offset, offset + len(character.encode())
    if written[:-1].rstrip().endswith(b"=") and written.count(b"=") > 1:
        return Fault(
            f"the value of the attribute {name} has no quotation mark at its end",
            "Put it where the value ends, before the next attribute begins.",
            last.end(1) + 1,
            last.end(1) + 2,
        )
    following = re.match(rb"(" + NAME + rb")" + _SPACE + rb"*=", scene.after(offset))
    if following:
        return Fault(
            f"a space is missing before the attribute {words(following[1])}",
            "Put a space between the two attributes.",
            *place,
        )
    if character in "\"'":
        return Fault(
            f"there is a quotation mark too many in the value of the attribute {name}",
            "Take one out; where the mark belongs to the value, write &quot;.",
            *place,
        )
    if re.match(NAME, scene.after(offset)):
        return Fault(
            f"the value of the attribute {name} ends at a quotation mark that stands in it",
            "Write &quot; inside the value, or put the whole value between ' and '.",
            offset - 1,
            offset,
        )
    return Fault(
        f"{character} stands after the attribute {name}",
        "Only spaces stand between attributes: take it out.",
        *place,
    )


def _no_attribute(scene: Scene) -> Fault:
    """Explain a character that begins no attribute and ends no tag."""
    utf8, offset, character = scene.utf8, scene.stop.offset, scene.character()
    place = offset, offset + max(len(character.encode()), 1)
    if utf8[offset - 1 : offset] == b"/":
        return Fault(
            "> does not follow right after /",
            "Write /> at the end of the tag of an empty element; otherwise take the / out.",
            offset - 1,
            offset,
        )
    wrong = _WRONG_NAME.match(utf8, offset)
    if wrong:
        return Fault(
            f"{words(wrong[1])} is no name of an attribute: names begin with a letter",
            "Correct the name.",
            offset,
            wrong.end(1),
        )
    if character in ("=", '"', "'"):
        return Fault(
            "a value stands here without the name of its attribute",
            'Write name="value", or take it out.',
            *place,
        )
    return Fault(
        f"{character} must not stand in a tag",
        "Take it out; where a < before it is meant as a character, write &lt;.",
        *place,
    )


def explain_end_tag(scene: Scene, start: int) -> Fault:
    """Return what is wrong with the end tag at START, in which the parser stopped."""
    offset = scene.stop.offset
    name = re.match(rb"</%s*(%s)" % (_SPACE, NAME), scene.after(start, 200))
    if name is None:
        return Fault(
            "</ stands here without the name of an element",
            "Write the name of the element that ends; where the character < is meant, &lt;.",
            start,
            start + 2,
        )
    tag = f"</{words(name[1])}"
    if scene.character() == "<":
        return _open_tag(scene, tag, start)
    if start + name.end() > offset:
        return Fault(
            f"a space stands between </ and {words(name[1])}", f"Write {tag}>.", start, offset
        )
    return Fault(
        f"something stands in the end tag {tag}> besides the name",
        f"An end tag has no attributes: write {tag}>.",
        offset,
        offset + 1,
    )
