"""What is done to HTML that stylesheets made, before it goes into a page."""

import re

_ITEM = re.compile(
    r'<(?P<end>/?)(?P<list>ol|ul)\b[^>]*>|<li(?P<before>[^>]*?) value="(?P<value>\d+)"'
)
_OUTWARD = re.compile(r'<a(?P<before>[^>]*?) href="(?P<url>https?:[^"]*)"(?P<after>[^>]*)>')


def finish_html(html: str) -> str:
    """Return the HTML without what a browser supplies, and with links out that tell nothing."""
    return quiet_links(shorten_html(html))


def quiet_links(html: str) -> str:
    """Return the HTML with rel="noopener noreferrer" on the links that lead out of the site."""

    def quiet(match: re.Match) -> str:
        if " rel=" in match["before"] + match["after"]:
            return match[0]
        return (
            f'<a{match["before"]} href="{match["url"]}"{match["after"]} rel="noopener noreferrer">'
        )

    return _OUTWARD.sub(quiet, html)


def shorten_html(html: str) -> str:
    """Return the HTML without the numbers that list items have anyway, and without <br/>."""
    counts: list[int] = []

    def short(match: re.Match) -> str:
        if match["list"]:
            if match["end"]:
                del counts[-1:]
            else:
                counts.append(0 if " start=" not in match[0] else -1_000_000)
            return match[0]
        if not counts:
            return match[0]
        counts[-1] += 1
        if counts[-1] == int(match["value"]):
            return f"<li{match['before']}"
        counts[-1] = int(match["value"])
        return match[0]

    return _ITEM.sub(short, html).replace("<br/>", "<br>")
