"""Small things that are said the same way everywhere."""


def counted(count: int, one: str, many: str = "") -> str:
    """Return the number with its noun: "1 file", "3 files"; MANY is for other plurals than in s."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def shortened(text: str, longest: int) -> str:
    """Return the text; of one with more than LONGEST characters the beginning, and an ellipsis."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
