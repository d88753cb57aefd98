"""Elements in the wrong place: one mistake that shows twice, here and where they lack."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng.problems import Problem


def join_moved(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems, with what lacks in one place joined to what is misplaced in another.

    What lacks is what alone would complete the element; right behind one that ended too early, also
    what else could go on in it.

    Only where there is one element of the name that is misplaced and one place that lacks it:
    the misplaced element's problem then says in `lacking` where it belongs.
    """
    found = list(problems)
    misplaced: dict[str, list[int]] = defaultdict(list)
    lacking: dict[str, list[int]] = defaultdict(list)
    for index, problem in enumerate(found):
        if problem.kind == kinds.MISPLACED_ELEMENT:
            misplaced[problem.name].append(index)
        elif problem.kind == kinds.MISSING_ELEMENT:
            for name in problem.expected:
                lacking[name].append(index)
        elif problem.kind == kinds.INCOMPLETE_CONTENT:
            for name in dict.fromkeys((*problem.completing, *_cut_off(problem))):
                lacking[name].append(index)
    joined: set[int] = set()
    for name, places in misplaced.items():
        if len(places) == 1 == len(lacking[name]) and lacking[name][0] not in joined:
            (here,), (there,) = places, lacking[name]
            found[here] = replace(found[here], lacking=found[there].element)
            joined.add(there)
    return [problem for index, problem in enumerate(found) if index not in joined]


def _cut_off(problem: Problem) -> tuple[str, ...]:
    """Return the name of the next element, if it could go on in the one that ended too early."""
    following = next(problem.element.itersiblings(etree.Element), None)
    name = following.tag if following is not None else ""
    return (name,) if name in problem.expected else ()
