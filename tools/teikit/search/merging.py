"""The tables of all texts -> one: where each key occurs in all of them."""

from array import array
from collections.abc import Iterable

from teikit.search.numbers import write_number
from teikit.search.records import Table


def merge_tables(tables: Iterable[tuple[int, Table]]) -> dict[str, str]:
    """Return key -> list of all texts, in the order in which scripts compare the keys.

    Each table comes with the number that the first paragraph of its text has among all.
    """
    merged: dict[str, list] = {}  # key -> the last paragraph, and the parts of its list
    for base, table in tables:
        if not table.keys:
            continue
        bounds = array("I", table.bounds)
        rows = zip(
            table.keys.split(" "), table.lists.split(" "), bounds[::2], bounds[1::2], strict=True
        )
        for key, rest, first, last in rows:
            found = merged.get(key)
            if found is None:
                merged[key] = [base + last, write_number(base + first), rest]
            else:
                found += (write_number(base + first - found[0]), rest)
                found[0] = base + last
    # JavaScript compares strings by their units of UTF-16
    ordered = sorted(merged, key=lambda key: key.encode("utf-16-be"))
    return {key: "".join(merged[key][1:]) for key in ordered}
