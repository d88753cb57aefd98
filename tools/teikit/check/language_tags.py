"""Language tags: what BCP 47 (RFC 5646) says of one.

The codes come from `subtags.txt`, which is read when the first tag is judged.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_SHAPE = re.compile(r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)
_LONGEST = 200  # characters of a value that may be a tag
# what is often written in place of the code of a region, and of a language
_REGIONS = {"uk": "GB"}
_LANGUAGES = {"cn": "zh", "cz": "cs", "dk": "da", "gb": "en", "gr": "el", "jp": "ja"}


@dataclass(frozen=True)
class TagProblem:
    """What is wrong with a tag: the rule, the words, and what to write instead ("" unknown)."""

    rule: str
    message: str
    better: str = ""


@dataclass(frozen=True)
class Subtags:
    """The registry: its codes by kind, those not to be used any more, and what is often meant."""

    kinds: Mapping[str, Mapping[str, str]]  # "language" -> code -> what follows = in the file

    def has(self, kind: str, code: str) -> bool:
        """Return whether the registry has the code (in lower case) as one of this kind."""
        if code in self.kinds[kind]:
            return True
        if kind == "language":
            return len(code) == 3 and "qaa" <= code <= "qtz"
        if kind == "script":
            return "qaaa" <= code <= "qabx" and len(code) == 4
        return kind == "region" and len(code) == 2 and ("qm" <= code <= "qz" or code[0] == "x")


@cache
def read_subtags() -> Subtags:
    """Return the registry that is shipped."""
    text = Path(__file__).with_name("subtags.txt").read_text(encoding="ascii")
    kinds: dict[str, dict[str, str]] = {}
    for section in text.split("\n[")[1:]:
        kind, _, codes = section.partition("]\n")
        words = codes.split()
        kinds[kind] = (
            dict(word.split("=", 1) for word in words)
            if words and "=" in words[0]
            else dict.fromkeys(words, "")
        )
    return Subtags(kinds)


@lru_cache(10_000)
def check_tag(tag: str) -> TagProblem | None:
    """Return what is wrong with the tag, or None; case makes no difference."""
    if len(tag) > _LONGEST or not _SHAPE.fullmatch(tag):
        return TagProblem("languages:malformed", "is no language tag", _repaired(tag))
    subtags, lower = read_subtags(), tag.lower()
    if lower in subtags.kinds["grandfathered"]:
        return _deprecated(subtags, "grandfathered", lower, tag, tag)
    if f"redundant:{lower}" in subtags.kinds["deprecated"]:
        return _deprecated(subtags, "redundant", lower, tag, tag)
    return _Reader(tag, subtags).problem()


def _deprecated(subtags: Subtags, kind: str, code: str, said: str, tag: str) -> TagProblem | None:
    better = subtags.kinds["deprecated"].get(f"{kind}:{code}")
    if better is None or better == code:
        return None
    whole = "-".join(
        better if part.lower() == code else part for part in tag.split("-")
    ) if kind in ("language", "region", "variant") else better  # fmt: skip
    return TagProblem(
        "languages:deprecated",
        f"uses {said}, which is not to be used any more"
        if said != tag
        else "is not to be used any more",
        whole if better else "",
    )


class _Reader:
    """Reads one tag subtag by subtag, in the order of RFC 5646, 2.1."""

    def __init__(self, tag: str, subtags: Subtags):
        self.tag, self.subtags = tag, subtags
        self.parts = tag.split("-")
        self.lower = tag.lower().split("-")

    def problem(self) -> TagProblem | None:
        if self.lower[0] == "x":
            return None if len(self.parts) > 1 else self.malformed("has nothing after x-")
        language = self.lower[0]
        if not language.isalpha() or len(language) < 2:
            return self.malformed("does not begin with the code of a language")
        if not self.subtags.has("language", language):
            return self.unknown("language", 0)
        at = 1
        if at < len(self.lower) and len(self.lower[at]) == 3 and self.lower[at].isalpha():
            problem = self._extlang(at)
            if problem:
                return problem
            at += 1
        return self._rest(at) or self._old()

    def _extlang(self, at: int) -> TagProblem | None:
        code = self.lower[at]
        if not self.subtags.has("extlang", code):
            return self.unknown("extlang", at)
        prefix = self.subtags.kinds["extlang"][code]
        if prefix != self.lower[0]:
            return self.wrong(f"has {self.parts[at]}, which goes with {prefix} only", code)
        return None

    def _rest(self, at: int) -> TagProblem | None:
        """Read script, region, variants, extensions and private use, from part AT on."""
        lower, seen = self.lower, set()
        for kind, fits in (("script", _is_script), ("region", _is_region)):
            if at < len(lower) and fits(lower[at]):
                if not self.subtags.has(kind, lower[at]):
                    return self.unknown(kind, at)
                at += 1
        while at < len(lower) and _is_variant(lower[at]):
            if lower[at] in seen:
                return self.malformed(f"has {self.parts[at]} twice")
            if not self.subtags.has("variant", lower[at]):
                return self.unknown("variant", at)
            seen.add(lower[at])
            at += 1
        while at < len(lower):
            singleton = lower[at]
            if len(singleton) > 1:
                return self.misplaced(at)
            if at + 1 == len(lower) or (singleton != "x" and len(lower[at + 1]) < 2):
                return self.malformed(f"has nothing after {singleton}-")
            if singleton == "x":
                return None
            if singleton in seen:
                return self.malformed(f"has {singleton}- twice")
            seen.add(singleton)
            at += 1
            while at < len(lower) and len(lower[at]) > 1:
                at += 1
        return None

    def _old(self) -> TagProblem | None:
        for kind, fits in (
            ("language", lambda at, _: at == 0),
            ("region", lambda at, code: at > 0 and _is_region(code)),
            ("variant", lambda at, code: at > 0 and _is_variant(code)),
        ):
            for at, code in enumerate(self.lower):
                if len(code) == 1:
                    break
                if fits(at, code):
                    problem = _deprecated(self.subtags, kind, code, self.parts[at], self.tag)
                    if problem:
                        return problem
        return None

    def malformed(self, message: str) -> TagProblem:
        return TagProblem("languages:malformed", message)

    def misplaced(self, at: int) -> TagProblem:
        """Return that a part fits nowhere: it is unknown, or stands in the wrong order."""
        for kind, fits in (("script", _is_script), ("region", _is_region)):
            if fits(self.lower[at]) and self.subtags.has(kind, self.lower[at]):
                return self.malformed(
                    f"has the {kind} {self.parts[at]} in the wrong place: the order is language, "
                    "script, region, variants"
                )
        return self.wrong(f"has {self.parts[at]}, which is no part of a language tag", "")

    def wrong(self, message: str, better: str) -> TagProblem:
        return TagProblem("languages:unknown", message, better)

    def unknown(self, kind: str, at: int) -> TagProblem:
        """Return that the registry has no such code; with the code that may be meant."""
        code, word = self.lower[at], {"extlang": "language"}.get(kind, kind)
        near = ""
        if kind == "language":
            near = (
                self.subtags.kinds["iso639-2"].get(code)
                or _LANGUAGES.get(code)
                or _by_name(self.subtags, code)
            )
        elif kind == "region":
            near = _REGIONS.get(code, "")
        if not near and kind in ("script", "variant"):
            close = difflib.get_close_matches(code, self.subtags.kinds[kind], 1, 0.7)
            near = close[0].title() if close and kind == "script" else "".join(close)
        better = "-".join((*self.parts[:at], near, *self.parts[at + 1 :])) if near else ""
        whole = f'names the {word} "{self.parts[at]}", which BCP 47 does not know'
        return TagProblem("languages:unknown", whole, better)


def _by_name(subtags: Subtags, code: str) -> str:
    """Return the code of the language whose English name is, or is like, CODE."""
    names = subtags.kinds["name"]
    if code in names:
        return names[code]
    close = difflib.get_close_matches(code, names, 1, 0.75) if len(code) > 3 else []
    return names[close[0]] if close else ""


def _is_script(code: str) -> bool:
    return len(code) == 4 and code.isalpha()


def _is_region(code: str) -> bool:
    return (len(code) == 2 and code.isalpha()) or (len(code) == 3 and code.isdigit())


def _is_variant(code: str) -> bool:
    return 5 <= len(code) <= 8 or (len(code) == 4 and code[0].isdigit())


def _repaired(tag: str) -> str:
    """Return the tag with - for _ and without what stands around it, if that is one."""
    better = re.sub(r"[_\s]+", "-", tag[:_LONGEST].strip()).partition(".")[0]
    if better == tag or not _SHAPE.fullmatch(better):
        return ""
    problem = check_tag(better)
    return better if problem is None else problem.better
