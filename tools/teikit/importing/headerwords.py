"""The words of our own in the header of an imported text, in English and in Chinese."""

from dataclasses import dataclass

_TRADITIONAL = ("hant", "tw", "hk", "mo")


@dataclass(frozen=True)
class HeaderWords:
    """What import itself says in a header, with the language that it is in."""

    language: str
    responsibility: str
    page: str  # {0} is a number
    pages: str
    line: str
    lines: str
    between: str
    size: str  # {0} is a number
    encoding: str  # {0} is its name
    end: str


_ENGLISH = HeaderWords(
    "en", "transcription and encoding", "{0} page", "{0} pages", "{0} line", "{0} lines", ", ",
    "The file has {0} bytes", ", in {0}", ".",
)  # fmt: skip
_SIMPLIFIED = HeaderWords(
    "zh-Hans", "转写与编码", "{0}页", "{0}页", "{0}行", "{0}行", "，",
    "该文件共{0}字节", "，编码为{0}", "。",
)  # fmt: skip
_TRADITIONAL_WORDS = HeaderWords(
    "zh-Hant", "轉寫與編碼", "{0}頁", "{0}頁", "{0}行", "{0}行", "，",
    "該檔案共{0}位元組", "，編碼為{0}", "。",
)  # fmt: skip


def words_for(language: str, site_language: str) -> HeaderWords:
    """Return the words for a text in LANGUAGE, in an edition whose site is in SITE_LANGUAGE."""
    tags = [one.lower().split("-") for one in (language, site_language)]
    chinese = next((one for one in tags if one[0] == "zh"), None)
    if chinese is None:
        return _ENGLISH
    return _TRADITIONAL_WORDS if set(_TRADITIONAL) & set(chinese) else _SIMPLIFIED
