"""Where very long words may break, so that nothing runs out of its column or off the page."""

import re
import unicodedata
from typing import Final

#: Longer words get break opportunities; every word of ordinary language stays whole.
LONGEST_WORD: Final = 25
_BREAK: Final = "\u200b"
#: Scripts that are written without spaces; lines break in them wherever the script allows it.
_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_WORD: Final = re.compile(rf"[^\s{_BREAK}{_UNSPACED}]{{{LONGEST_WORD + 1},}}")
#: After how many characters without a natural break one is offered.
_STEP: Final = 12


def breakable(text: str) -> str:
    """The text with zero-width break opportunities in each word of more than ``LONGEST_WORD`` characters."""
    return _WORD.sub(lambda match: _opened(match[0]), text) if len(text) > LONGEST_WORD else text


def _opened(word: str) -> str:
    """One long word: breaks after punctuation first, then at the latest every few characters."""
    parts: list[str] = []
    run = 0
    for position, character in enumerate(word):
        follows = word[position + 1 : position + 2]
        parts.append(character)
        run += 1
        if not follows or unicodedata.combining(follows) or unicodedata.category(follows) in {"Mn", "Mc", "Me", "Cf"}:
            continue
        if run >= _STEP or (run > 3 and character in "/-_.,;:&=?@\\|"):
            parts.append(_BREAK)
            run = 0
    return "".join(parts)


def shortened(text: str, width: int) -> str:
    """At most ``width`` columns of the text for a running line, where wide (East Asian) characters count two."""
    used = 0
    for position, character in enumerate(text):
        used += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if used > width:
            return text[:position].rstrip() + "\u2026"
    return text
