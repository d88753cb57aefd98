"""What happens to a value in a spreadsheet: how it is kept from harm, and how harm is told."""

import re
import unicodedata

LONGEST = 32_000  # characters that fit into a cell of every spreadsheet
# where a cell begins, or would begin for a program that takes another delimiter; a formula
# begins with one of the last characters, some of which East Asian systems read as the others
_FORMULA = re.compile(r"""(^[\s"]*|[,;\t\n\r]"*)('*)(?=[=+\-@＝＋－＠])""")
_NUMBER = re.compile(r"[+-]?[0-9]{1,400}(?:[.,][0-9]{1,400})?(?:[eE][+-]?[0-9]{1,3})?")
_SCIENTIFIC = re.compile(r"[+-]?[0-9](?:[.,][0-9]+)?[eE]\+?-?[0-9]{2,3}")
_ERROR = re.compile(r"#(?:[A-ZÄÖÜÉ/]+[!?]|N/A|NV|N/D|#+)")
_SEPARATED = re.compile(r"[0-9]{1,4}([./-])[ ]?[0-9]{1,2}\1[ ]?[0-9]{1,4}(?: [0-9:]+)?")
_MONTH = re.compile(r"[0-9]{1,2}[.\- ]{1,2}[^\W\d_]{3,9}\.?(?:[.\- ]{1,2}[0-9]{2,4})?")
_MONTH_YEAR = re.compile(r"[^\W\d_]{3,9}\.?[\- ][0-9]{2,4}")
_ISO = re.compile(r"-?[0-9]{4,}(?:-[0-9]{2}(?:-[0-9]{2})?)?|--[0-9]{2}(?:-[0-9]{2})?|---[0-9]{2}")
_DATE_LIKE = re.compile(r"-?[0-9]{1,5}(?:[./-][0-9]{1,4}){1,2}|[A-Za-z]{3,9}[ -]?[0-9]{1,4}")
_LONGEST_DATE = 40
_TRUTH = {"true": {"TRUE", "WAHR", "VRAI", "VERO", "VERDADERO"},
          "false": {"FALSE", "FALSCH", "FAUX", "FALSO"}}  # fmt: skip
_DATES = frozenset(
    f"{name}{suffix}"
    for name in ("when", "from", "to", "notBefore", "notAfter")
    for suffix in ("", "-iso")
)


def harmless(value: str) -> str:
    """Return the value so that no spreadsheet takes it, or a part of it, for a formula."""
    return _FORMULA.sub(r"\1\2'", value)


def plain(cell: str) -> str:
    """Return the value that `harmless` made the cell of."""
    return _FORMULA.sub(lambda found: found[1] + found[2][1:], cell)


def one_line_end(value: str) -> str:
    """Return the value with its line ends as spreadsheets leave them."""
    return value.replace("\r\n", "\n").replace("\r", "\n")


def find_unwritable(value: str) -> str:
    """Return the name of a character that no text should have; "" where there is none."""
    if value.isprintable():
        return ""
    for character in value:
        if character not in "\t\n" and (
            unicodedata.category(character) in ("Cc", "Cs") or ord(character) & 0xFFFE == 0xFFFE
        ):
            return f"U+{ord(character):04X}"
    return ""


def find_damage(old: str, new: str, attribute: str) -> str:
    """Return what a spreadsheet seems to have done to a value; "" where it may be meant.

    OLD is what the XML has, perhaps nothing; NEW stands in the sheet.
    """
    if _ERROR.fullmatch(new):
        return "a spreadsheet has put an error in its place"
    if "\ufffd" in new and "\ufffd" not in old:
        return "letters were lost when the sheet was saved"
    if old and not old.isascii() and _without_letters(old) == new:
        return "letters were lost when the sheet was saved"
    if _SCIENTIFIC.fullmatch(new) and not _SCIENTIFIC.fullmatch(old):
        return "a spreadsheet has shortened a long number"
    if new in _TRUTH.get(old.lower(), ()):
        return "a spreadsheet has taken it for a truth value"
    if _looks_like_date(new) and (attribute in _DATES or _is_same_date(old, new)):
        return "a spreadsheet has written the date in its own way"
    if old and _is_number(old) and _is_number(new) and _is_same_number(old, new):
        return "a spreadsheet has written the number in its own way"
    return ""


def _without_letters(value: str) -> str:
    """Return what is left of a value in a sheet that is saved in a small set of characters."""
    return value.encode("cp1252", "replace").decode("cp1252")


def _looks_like_date(value: str) -> bool:
    if _ISO.fullmatch(value):
        return False
    return any(one.fullmatch(value) for one in (_SEPARATED, _MONTH, _MONTH_YEAR))


def _is_same_date(old: str, new: str) -> bool:
    """Return whether NEW may be how a spreadsheet shows OLD: 1888-05, 3/4, MAR1, 9 May 1908.

    It may have added this year or the first day, and have made a number of a month.
    """
    if len(old) > _LONGEST_DATE or not any(one.isdigit() for one in old):
        return False
    if not (_looks_like_date(old) or _DATE_LIKE.fullmatch(old)):
        return False
    had, has = _numbers(old), _numbers(new)
    added = int(len(had) <= 2 and max(had) < 100)
    added += int(_has_letters(old) and not _has_letters(new))
    own = [one for one in has if one % 100 not in {number % 100 for number in had}]
    if len(had) < 3 and 1 in own:  # days of a date
        own.remove(1)
    return len(own) <= added


def _has_letters(value: str) -> bool:
    return any(one.isalpha() for one in value)


def _numbers(value: str) -> list[int]:
    return [int(one) for one in re.findall(r"[0-9]+", value)]


def _is_number(value: str) -> bool:
    return bool(_NUMBER.fullmatch(value))


def _is_same_number(old: str, new: str) -> bool:
    """Return whether both are one number to a spreadsheet, which keeps 15 digits."""
    if re.fullmatch(r"[0-9]{16,}", old) and len(new) <= len(old):
        return new[:15] == old.lstrip("0")[:15] and not new[15:].strip("0")
    return float(old.replace(",", ".")) == float(new.replace(",", "."))
