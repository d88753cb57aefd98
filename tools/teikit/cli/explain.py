"""`teikit explain`."""

from collections.abc import Iterable, Iterator

import click

from teikit.errors import TeikitError
from teikit.rules import Rule, all_rules, find_near, find_rule, is_prefix


@click.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Say what RULE means, and what to do about it.

    RULE is the code or the name that stands in brackets behind a finding: DAT001, or
    dates:impossible. The first part of a name (dates) or the letters of a code (DAT) list the
    rules of that kind; without RULE all are listed.

    It never reads or changes a file.

    Example: teikit explain DAT001

    Next: mend what the finding names, or allow it in its place; then `teikit validate`.

    Exit code: 0 fine, 2 there is no such rule.
    """
    asked = (rule or "").strip()
    kind = [one for one in all_rules() if not asked or one.family == asked.lower()]
    found = find_rule(asked)
    if kind:
        lines = _list(kind)
    elif found:
        lines = _page(found)
    elif is_prefix(asked):
        lines = _list([one for one in all_rules() if one.code.startswith(asked.upper())])
    else:
        near = find_near(asked)
        advice = f"did you mean {near}?" if near else "teikit explain lists them all"
        raise TeikitError(f"{asked}: there is no such rule: {advice}")
    click.echo("\n".join(lines))


def _list(rules: Iterable[Rule]) -> Iterator[str]:
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        yield f"{rule.code}  {rule.name:{width}}  {rule.title}"


def _page(rule: Rule) -> Iterator[str]:
    level = "off, unless edition.toml switches it on" if rule.severity == "off" else rule.severity
    yield f"{rule.code}  {rule.name}  ({level}{', cannot be changed' * rule.fixed})"
    yield from ("", rule.title, "", rule.text)
    for title, example in (("Wrong:", rule.wrong), ("Right:", rule.right)):
        if example:
            yield from ("", title, "", *(f"    {line}".rstrip() for line in example.splitlines()))
    if rule.how:
        yield from ("", "How it comes about:", "", rule.how)
