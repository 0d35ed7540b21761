"""The words of the roll call that change while it is called: drawn by the server, and given to the script."""

from collections import Counter
from typing import Any

from flask_babel import gettext

from schoolapp.blueprints.attendance.forms import DrawnRow
from schoolapp.domain.attendance import ABSENCE_REASON_NAMES, MARK_NAMES
from schoolapp.domain.roll_call import MarkValue


def row_words() -> dict[str, dict[str, str]]:
    """Status and reason → word."""
    return {
        "states": {status.value: gettext(name) for status, name in MARK_NAMES.items()},
        "reasons": {reason.value: gettext(name) for reason, name in ABSENCE_REASON_NAMES.items()},
    }


def mark_words(value: MarkValue | None) -> str:
    """A mark as a person reads it: "Ritardo 12 min"."""
    if value is None:
        return str(gettext("da segnare"))
    word: str = gettext(MARK_NAMES[value.status])
    if value.missed_minutes is not None:
        return str(gettext("%(word)s %(minutes)s min", word=word, minutes=value.missed_minutes))
    return f"{word}, {gettext(ABSENCE_REASON_NAMES[value.reason])}" if value.reason is not None else word


def total_words() -> list[tuple[str, str, str, str]]:
    """Status, the words after 1 and after more, the class of the colour; what is not marked yet comes last."""
    return [
        ("present", gettext("presente"), gettext("presenti"), ""),
        ("absent", gettext("assente"), gettext("assenti"), "total-absent"),
        ("late", gettext("ritardo"), gettext("ritardi"), "total-care"),
        ("left_early", gettext("uscita anticipata"), gettext("uscite anticipate"), "total-care"),
        ("class_activity", gettext("attività"), gettext("attività"), "total-activity"),
        ("exempt", gettext("esonero"), gettext("esoneri"), ""),
        ("conflict", gettext("da decidere"), gettext("da decidere"), "total-absent"),
        ("", gettext("da segnare"), gettext("da segnare"), ""),
    ]


def totals(rows: list[DrawnRow]) -> list[tuple[str, str]]:
    """("21 presenti", colour) and so on."""
    counts = Counter("conflict" if row.conflict else row.state for row in rows)
    return [
        (f"{counts[state]} {one if counts[state] == 1 else more}", colour)
        for state, one, more, colour in total_words()
        if counts[state]
    ]


def short_words() -> dict[str, tuple[str, str]]:
    """State → the word of the third segment, on a tablet and on a phone ("" is the state of who is not there)."""
    return {
        "late": (gettext("Ritardo"), gettext("Rit.")),
        "left_early": (gettext("Uscita"), gettext("Usc.")),
        "class_activity": (gettext("Attività"), gettext("Att.")),
        "exempt": (gettext("Esonero"), gettext("Es.")),
        "": (gettext("Altro"), ""),
    }


def script_words() -> dict[str, Any]:
    """What the script says, in the reader's language. %n stands for a number, %t for a time or a name."""
    return {
        **row_words(),
        "totals": total_words(),
        "short": short_words(),
        "all": gettext("Tutti presenti"),
        "others": gettext("Presenti gli altri %n"),
        "last": gettext("Presente chi resta"),
        "decide": gettext("Scegli la versione giusta"),
        "write": gettext("Scrivi l’argomento"),
        "sign": gettext("Firma la lezione"),
        "saved": gettext("Salvato alle %t"),
        "offline": gettext("Non salvato: manca la rete. Riprovo da solo."),
        "refused": gettext("Non salvato: %t"),
        "signedOut": gettext("Non salvato: è passato molto tempo. Apri di nuovo la pagina e accedi."),
        "undone": gettext("%t: annullato l’ultimo tocco"),
        "arrives": gettext("Arriva adesso: %n min"),
        "leaves": gettext("Esce adesso: %n min"),
        "lateQuestion": gettext("Quanti minuti di ritardo?"),
        "leftQuestion": gettext("Quanti minuti prima della fine?"),
        "conflict": gettext("Due persone dicono cose diverse. Qual è giusta?"),
        "you": gettext("tu, adesso"),
    }
