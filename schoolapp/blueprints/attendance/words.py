"""The words of the roll call that change while it is called: drawn by the server, and given to the script."""

from collections import Counter
from functools import cache
from typing import Any

from flask_babel import get_locale, gettext
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from schoolapp.blueprints.attendance.forms import DrawnRow
from schoolapp.domain.attendance import ABSENCE_REASON_NAMES, MARK_LETTERS, MARK_NAMES
from schoolapp.domain.roll_call import MarkValue


def words() -> dict[str, Any]:
    """The words in the reader's language, looked up once a language."""
    return _words(str(get_locale()))


@cache
def _words(_locale: str) -> dict[str, Any]:
    """%n stands for a number, %t for a time or a name."""
    return {
        "letters": {status.value: letter for status, letter in MARK_LETTERS.items()},
        "states": {status.value: gettext(name) for status, name in MARK_NAMES.items()},
        "reasons": {reason.value: gettext(name) for reason, name in ABSENCE_REASON_NAMES.items()},
        # Status, the words after 1 and after more, the class of the colour; what is not marked yet comes last.
        "totals": [
            ("present", gettext("presente"), gettext("presenti"), ""),
            ("absent", gettext("assente"), gettext("assenti"), "total-absent"),
            ("late", gettext("ritardo"), gettext("ritardi"), "total-care"),
            ("left_early", gettext("uscita anticipata"), gettext("uscite anticipate"), "total-care"),
            ("class_activity", gettext("attività"), gettext("attività"), "total-activity"),
            ("exempt", gettext("esonero"), gettext("esoneri"), ""),
            ("conflict", gettext("da decidere"), gettext("da decidere"), "total-absent"),
            ("", gettext("da segnare"), gettext("da segnare"), ""),
        ],
        # The word of the third segment; "" is the state of a pupil who has none of the others.
        "short": {
            "late": gettext("Ritardo"),
            "left_early": gettext("Uscita"),
            "class_activity": gettext("Attività"),
            "exempt": gettext("Esonero"),
            "": gettext("Altro"),
        },
        "all": gettext("Tutti presenti"),
        "others": gettext("Presenti gli altri %n"),
        "last": gettext("Presente chi resta"),
        "decide": gettext("Scegli la versione giusta"),
        "write": gettext("Scrivi l’argomento"),
        "sign": gettext("Firma la lezione"),
        "saving": gettext("Sto salvando…"),
        "saved": gettext("Salvato alle %t"),
        "offline": gettext("Non salvato: manca la rete. Riprovo da solo."),
        "refused": gettext("Non salvato: %t"),
        "signedOut": gettext("Non salvato: è passato molto tempo. Apri di nuovo la pagina ed entra."),
        "undone": gettext("%t: annullato l’ultimo tocco"),
        "arrives": gettext("Arriva adesso: %n min"),
        "leaves": gettext("Esce adesso: %n min"),
        "lateQuestion": gettext("Quanti minuti di ritardo?"),
        "leftQuestion": gettext("Quanti minuti prima della fine?"),
        "conflict": gettext("Due persone dicono cose diverse. Qual è giusta?"),
        "you": gettext("tu, adesso"),
    }


def script_words() -> Markup:
    """The words as JSON, safe inside a page."""
    return _script_words(str(get_locale()))


@cache
def _script_words(locale: str) -> Markup:
    return htmlsafe_json_dumps(_words(locale))


def totals(rows: list[DrawnRow]) -> list[tuple[str, str]]:
    """("21 presenti", colour) and so on."""
    counts = Counter("conflict" if row.conflict else row.state for row in rows)
    return [
        (f"{counts[state]} {one if counts[state] == 1 else more}", colour)
        for state, one, more, colour in words()["totals"]
        if counts[state]
    ]


def mark_words(value: MarkValue | None) -> str:
    """A mark as a person reads it: "Ritardo 12 min"."""
    if value is None:
        return str(gettext("da segnare"))
    word: str = gettext(MARK_NAMES[value.status])
    if value.missed_minutes is not None:
        return str(gettext("%(word)s %(minutes)s min", word=word, minutes=value.missed_minutes))
    return f"{word}, {gettext(ABSENCE_REASON_NAMES[value.reason])}" if value.reason is not None else word
