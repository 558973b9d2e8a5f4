"""From typed formula back to text: `parse` of the text gives the same formula."""

from __future__ import annotations

from contingent.language.formulas import (
    Always,
    And,
    Arithmetic,
    At,
    Before,
    Change,
    Comparison,
    Constant,
    Eventually,
    ForDays,
    Formula,
    Implies,
    Initial,
    Negative,
    Never,
    Not,
    Number,
    Or,
    PlaceName,
    Share,
    Signal,
    Until,
    Window,
)

__all__ = ["unparse"]

_COMPOUND = (And, Or, Implies, Not, Comparison, Arithmetic, Negative)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and value < 1e15 else repr(value)


def _options(window: Window, last: str, span: str) -> str:
    """Return the options of a window; `for` counts the first day in, `in` does not."""
    parts = []
    if window.since is not None:
        parts.append(f"since={window.since}")
    if window.until is not None:
        parts.append(f"{last}={window.until}")
    if window.length is not None:
        days = window.length + (span == "for")
        parts.append(f"{span}={days} day{'' if days == 1 else 's'}")
    return "".join(f", {part}" for part in parts)


def _inner(node: Formula) -> str:
    """Return an operand's text, in brackets where it needs them."""
    text = unparse(node)
    return f"({text})" if isinstance(node, _COMPOUND) else text


def unparse(node: Formula) -> str:
    """Return the text of a formula.

    Parameters
    ----------
    node : Formula

    Returns
    -------
    str
        On one line. Blocs keep their names; durations are in days.
    """
    match node:
        case Signal():
            return node.written
        case Change(total, since):
            inner = total.written[:-1]
            return f"{inner}, since={since})" if since is not None else f"{inner})"
        case Number(value):
            return _number(value)
        case PlaceName(name, _):
            return name
        case Constant(value):
            return "true" if value else "false"
        case Negative(operand):
            return f"-{_inner(operand)}"
        case Arithmetic(sign, left, right) | Comparison(sign, left, right):
            return f"{_inner(left)} {sign} {_inner(right)}"
        case Not(operand):
            return f"not {_inner(operand)}"
        case And(operands):
            return " and ".join(map(_inner, operands))
        case Or(operands):
            return " or ".join(map(_inner, operands))
        case Implies(left, right):
            return f"{_inner(left)} implies {_inner(right)}"
        case Initial(operand):
            return f"initial({unparse(operand)})"
    return _operator(node)


def _operator(node: Formula) -> str:
    match node:
        case Eventually(operand, window):
            return f"eventually({unparse(operand)}{_options(window, 'by', 'in')})"
        case Always(operand, window):
            return f"always({unparse(operand)}{_options(window, 'until', 'for')})"
        case Never(operand, window):
            return f"never({unparse(operand)}{_options(window, 'until', 'for')})"
        case Until(left, right, window, strong):
            name = "until" if strong else "weak_until"
            return f"{name}({unparse(left)}, {unparse(right)}{_options(window, 'by', 'in')})"
        case Before(first, second, window):
            return f"before({unparse(first)}, {unparse(second)}{_options(window, 'by', 'in')})"
        case ForDays(days, operand):
            return f"for_days({days}, {unparse(operand)})"
        case Share(operand, window):
            return f"share(days, {unparse(operand)}{_options(window, 'by', 'for')})"
        case At(day, operand):
            return f"at({day}, {unparse(operand)})"
    raise TypeError(f"no text for {type(node).__name__}")
