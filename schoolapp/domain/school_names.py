"""Names of schools as a person writes them: the Ministry's register has them in capitals, with typewriter signs."""

import re
from collections.abc import Iterator
from itertools import pairwise

_ACRONYM_LIST = """
AFM CFP CPIA CTP ETS IC ICS IIS IISS IPIA IPC IPS IPSAR IPSIA IPSSAR ISIS ISISS IT ITC ITCG ITE ITG ITI ITIS ITS ITT
SAS SPA SRL
"""
_SMALL_LIST = """
a ad agli ai al all alla alle allo con d da dagli dai dal dall dalla dalle de degli dei del dell della delle dello di e
ed gli i il in l la le lo nei nel nell nella non per su sul sull sulla
"""
_GENERIC_LIST = """
autonoma comprensivo comunale cooperativa elementare grado infantile infanzia istituto materna media omnicomprensivo
parificata paritaria parrocchiale primaria scuola secondaria sociale statale superiore
"""
_ACRONYMS = frozenset(_ACRONYM_LIST.split())
_ROMAN_NUMERAL = re.compile(r"(?=[VX]|I[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_SMALL = frozenset(_SMALL_LIST.split())
_GENERIC = frozenset(_GENERIC_LIST.split())
"""Words of what kind of school it is: with a capital only where they begin the name."""
_KEEP_APOSTROPHE = frozenset(("CA", "DE", "PO"))
_ACCENTED = dict(zip("AEIOU", "àèìòù", strict=True))
_WORD = re.compile(r"(?P<word>[^\W\d_]+)(?P<accent>['’`](?![^\W\d_]))?")
_GRADE = re.compile(r"\s*(?:GRADO|GR?)\b")


def school_name(text: str) -> str:
    """«I.C. "PAESI OROBICI"» is I.C. «Paesi Orobici»; a name that already has small letters keeps them all."""
    name = _with_quotes(" ".join(text.split()))
    name = re.sub(r"\.(?=[^\W\d_]{2})", ". ", name)
    if name != name.upper():
        return name.replace("'", "’")
    return _written(name).replace("'", "’")


def _with_quotes(text: str) -> str:
    """Pairs of straight quotation marks as ours, parted from the words outside; one without its pair goes."""
    parts = re.split('["“”«»]', text)
    if len(parts) == 1:
        return text
    quoted = [part.strip() for part in parts]
    if len(parts) % 2 == 0:
        return " ".join(part for part in quoted if part)
    pieces = [f"«{part}»" if at % 2 else part for at, part in enumerate(quoted) if part]
    return "".join(piece + _gap(after) for piece, after in pairwise([*pieces, ""]))


def _gap(after: str) -> str:
    return "" if not after or after[0] in ".,;:)" else " "


def _written(name: str) -> str:
    return "".join(_words(name))


def _words(name: str) -> Iterator[str]:
    end = 0
    for found in _WORD.finditer(name):
        before = name[end : found.start()]
        yield before
        begins = end == 0 or any(sign in before for sign in "«-/(")
        yield _word(found, name, begins=begins)
        end = found.end()
    yield name[end:]


def _word(found: re.Match[str], name: str, *, begins: bool) -> str:
    word, after = found["word"], name[found.end() : found.end() + 8]
    if len(word) == 1 and (after.startswith(".") or (word == "I" and _GRADE.match(after))):
        return word + (found["accent"] or "")
    if word in _ACRONYMS or _ROMAN_NUMERAL.fullmatch(word):
        return word + (found["accent"] or "")
    small = word.lower()
    if found["accent"]:
        if word[-1] in _ACCENTED and word not in _KEEP_APOSTROPHE:
            small = small[:-1] + _ACCENTED[word[-1]]
        else:
            small += "’"
    if not begins and (word.lower() in _SMALL or word.lower() in _GENERIC):
        return small
    return small[:1].upper() + small[1:]
