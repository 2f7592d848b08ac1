"""Taking trees apart and putting them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from epochal.search.tree import And, Comparison, Not, Or

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from epochal.search.tree import Node


def comparisons(node: Node | None) -> Iterator[Comparison]:
    """Every clause of a tree, wherever it stands."""
    if isinstance(node, Comparison):
        yield node
    elif isinstance(node, Not):
        yield from comparisons(node.part)
    elif node is not None:
        for part in node.parts:
            yield from comparisons(part)


def demands(node: Node | None) -> Iterator[Comparison]:
    """The clauses that hold for whatever the tree matches: those that only And stands above."""
    if isinstance(node, Comparison):
        yield node
    elif isinstance(node, And):
        for part in node.parts:
            yield from demands(part)


def without(node: Node | None, is_met: Callable[[Comparison], bool]) -> Node | None:
    """What a tree asks beyond those of its `demands` that are met anyway; None for nothing."""
    if isinstance(node, Comparison):
        return None if is_met(node) else node
    if not isinstance(node, And):
        return node
    left = [part for part in (without(part, is_met) for part in node.parts) if part is not None]
    return conjunction(left) if left else None


def conjunction(parts: Iterable[Node]) -> Node:
    """All of at least one part, flat: a part that is an And gives its own parts."""
    flat = [own for part in parts for own in (part.parts if isinstance(part, And) else (part,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def disjunction(parts: Iterable[Node]) -> Node:
    """Any of at least one part, flat: a part that is an Or gives its own parts."""
    flat = [own for part in parts for own in (part.parts if isinstance(part, Or) else (part,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def negation(part: Node) -> Node:
    """The complement; that of a Not is what stands in it."""
    return part.part if isinstance(part, Not) else Not(part)


def pushed(node: Node, *, negated: bool = False) -> Node:
    """The same tree with Not above single clauses only."""
    if isinstance(node, Comparison):
        return Not(node) if negated else node
    if isinstance(node, Not):
        return pushed(node.part, negated=not negated)
    parts = [pushed(part, negated=negated) for part in node.parts]
    return conjunction(parts) if isinstance(node, And) is not negated else disjunction(parts)


def depth(node: Node) -> int:
    """How many levels of And and Or stand above the deepest clause."""
    if isinstance(node, Comparison):
        return 0
    if isinstance(node, Not):
        return depth(node.part)
    return 1 + max(depth(part) for part in node.parts)
