"""Term reports in every state: some signed and countersigned, some begun, some not there yet."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from schoolapp.demo.calendar import KeptYear
from schoolapp.demo.rows import Rows

_TOPICS = "Presentarsi e salutare; gli oggetti dell’aula; numeri, orari, calendario; la famiglia; la giornata."
_PROGRESS = (
    "Il gruppo lavora volentieri a coppie. Chi è entrato dopo segue con schede a parte.",
    "Quasi tutti capiscono le consegne; scrivere resta la cosa più difficile.",
)
_DIFFICULTIES = (
    "L’aula è stata occupata tre volte. Alcune assenze sono di alunni trattenuti in classe per una verifica."
)
_PROPOSALS = "Spostare il laboratorio a un’ora che non tolga sempre la stessa materia."
_WORDS = (
    "Ascolta molto e parla volentieri con i compagni. Scrivere costa ancora fatica e tempo.",
    "Legge parole e frasi brevi con l’aiuto delle immagini. Chiede quando non capisce.",
    "Segue le consegne e aiuta i compagni nuovi. Il prossimo passo è raccontare un fatto di ieri.",
)
_PLANS = "In classe: testi con immagini, più tempo nelle prove scritte, prove orali di preferenza."


class Reporter:
    """Writes about the workshops of the term in progress, each with more or less of its report done."""

    def __init__(self, rows: Rows, random: Random, year: KeptYear, now: datetime, countersigner_id: int) -> None:
        self.rows, self.random, self.now, self.countersigner_id = rows, random, now, countersigner_id
        terms = year.calendar.terms
        begun = [term for term in terms if term.first_day <= now.date()] or list(terms[:1])
        self.term_id = year.first_term_id + len(begun) - 1
        self.number = 0

    def write(self, *, workshop_id: int, facilitator_id: int, pupil_ids: Sequence[int], lessons_held: int) -> None:
        """In turn: countersigned, signed, begun, nothing yet."""
        turn, self.number = self.number % 4, self.number + 1
        if turn == 3 or not lessons_held:
            return
        signed_at = self.now - timedelta(days=2, hours=turn) if turn < 2 else None
        countersigned_at = self.now - timedelta(days=1) if turn == 0 else None
        self.rows.add(
            "workshop_report",
            workshop_id=workshop_id,
            term_id=self.term_id,
            topics=_TOPICS,
            progress=self.random.choice(_PROGRESS),
            difficulties=_DIFFICULTIES if turn else "",
            proposals=_PROPOSALS if turn < 2 else "",
            signed_at=signed_at,
            signed_by_id=facilitator_id if signed_at else None,
            countersigned_at=countersigned_at,
            countersigned_by_id=self.countersigner_id if countersigned_at else None,
            version=1,
        )
        for pupil_id in pupil_ids[: len(pupil_ids) // (1 if turn == 0 else 2)]:
            self.rows.add(
                "pupil_report",
                workshop_id=workshop_id,
                pupil_id=pupil_id,
                term_id=self.term_id,
                words=self.random.choice(_WORDS),
                proposals=_PLANS if self.random.random() < 0.7 else "",
                version=1,
            )
