"""Which template a sentence calls for, found by its words.

Nothing is understood here: words are spotted, and the author decides. The formulas are left as
capitals to fill in.

>>> [found.template for found in suggest("Unless help comes, only the east could take the ford.")]
['only', 'unless', 'could']
>>> print(suggest("It will probably hold until June.")[0].form)
{until: WHAT ENDS IT, stays: WHAT IS SO, by: DATE}
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from contingent.claims.hedges import Hedge, lookup

__all__ = ["Suggestion", "suggest"]

_SPOTTED = {
    "only": (
        r"only|sole(?:ly)?|nobody (?:but|else)|no one (?:but|else)|none but|no other",
        "{only: ACTOR, could: WHAT it DOES, by: DATE}",
    ),
    "unless": (
        r"unless|failing (?:that|this)|barring|short of|if .{1,80}? (?:doesn['’]t|don['’]t|not)",
        "{unless: WHAT PREVENTS IT, then: WHAT HAPPENS, by: DATE}",
    ),
    "until": (r"until|till|pending", "{until: WHAT ENDS IT, stays: WHAT IS SO, by: DATE}"),
    "so_long_as": (
        r"(?:so|as) long as|while|whilst|for as long",
        "{so_long_as: WHAT LASTS, stays: WHAT IS SO, by: DATE}",
    ),
    "if_possible": (
        r"(?:if|where|wherever|when|as far as)(?: \w+){0,2} possible|if (?:they|it) can",
        "{if_possible: WHAT IS AIMED AT, tries: WHAT IS DONE, by: DATE}",
    ),
    "because": (
        r"because|due to|owing to|thanks to|as a result of|on account of|enabled by|explains why",
        "{because: FACTOR, of: WHAT HAPPENED, by: DATE}",
    ),
    "could": (
        r"could|can|able to|capable of|in a position to|possible for",
        "{could: WHAT HAPPENS, by: DATE}",
    ),
}


@dataclass(frozen=True)
class Suggestion:
    """One template that a sentence may call for.

    Attributes
    ----------
    template : str
        Name of the template (`templates.TEMPLATES`).
    words : str
        The words of the sentence that call for it.
    form : str
        The form to fill in, as it is written in the file.
    hedge : Hedge or None
        What the sentence's hedge implies.
    """

    template: str
    words: str
    form: str
    hedge: Hedge | None


def suggest(text: str) -> list[Suggestion]:
    """Return the templates that the words of a sentence call for.

    Parameters
    ----------
    text : str
        A sentence, or its paraphrase.

    Returns
    -------
    list of Suggestion
        In the order of the templates; empty if no word is spotted.
    """
    hedge = lookup(text)
    found = []
    for template, (pattern, form) in _SPOTTED.items():
        spotted = re.search(rf"(?<![\w-])(?:{pattern})(?![\w-])", text, re.IGNORECASE)
        if spotted:
            found.append(Suggestion(template, spotted.group(), form, hedge))
    return found
