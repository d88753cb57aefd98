"""The language of a text: as a person gives it, or as its script alone tells it."""

import re

from teikit.check.language_tags import check_tag
from teikit.errors import TeikitError

# how languages call themselves, where that is no code
_OWN_NAMES = {
    "中文": "zh", "汉语": "zh", "漢語": "zh", "國語": "zh", "国语": "zh", "普通话": "zh",
    "华语": "zh", "華語": "zh", "简体": "zh-Hans", "简体中文": "zh-Hans", "繁體": "zh-Hant",
    "繁體中文": "zh-Hant", "文言": "lzh", "文言文": "lzh", "日本語": "ja", "日语": "ja",
    "한국어": "ko", "조선말": "ko", "韩语": "ko", "deutsch": "de", "français": "fr",
    "francais": "fr", "español": "es", "espanol": "es", "italiano": "it", "português": "pt",
    "nederlands": "nl", "polski": "pl", "čeština": "cs", "русский": "ru", "ελληνικά": "el",
    "latein": "la", "latina": "la", "svenska": "sv", "dansk": "da", "norsk": "no",
    "englisch": "en", "anglais": "en", "英语": "en", "英語": "en", "türkçe": "tr",
    "العربية": "ar", "עברית": "he", "हिन्दी": "hi", "ไทย": "th", "བོད་སྐད": "bo",
}  # fmt: skip
_SAMPLE = 20_000  # characters that are looked at
_KANA = re.compile("[\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fd\u30fe]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_FEWEST = 5  # letters by which a language is told, and their share of those of East Asia
_SHARE = 0.05


def check_language(tag: str) -> str:
    """Return what is wrong with a tag and what to write; "" where BCP 47 knows it."""
    problem = check_tag(tag) if tag else None
    if problem is None:
        return ""
    better = _OWN_NAMES.get(tag.strip().lower()) or problem.better
    advice = f"write {better}" if better else "write its code (BCP 47), such as zh-Hant, ja, de, la"
    return f"{problem.message}: {advice}"


def refuse_language(tag: str) -> None:
    """Raise TeikitError where the language that was given is none of BCP 47."""
    problem = check_language(tag)
    if problem:
        raise TeikitError(f"--language {tag}: {problem}")


def guess_language(text: str) -> str:
    """Return the language that the script alone tells; "" where many are written in it."""
    sample = text[:_SAMPLE]
    kana, hangul, han = (len(one.findall(sample)) for one in (_KANA, _HANGUL, _HAN))
    most = max(_FEWEST, _SHARE * (kana + hangul + han))
    if kana >= most and kana >= hangul:
        return "ja"
    if hangul >= most:
        return "ko"
    letters = sum(one.isalpha() for one in sample)
    return "zh" if letters and han > letters * 0.5 else ""
