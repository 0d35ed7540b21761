"""The share of each class that the law asks about, as rows: the classes, and who counts and why."""

from collections.abc import Sequence
from datetime import datetime

from schoolapp.domain.class_shares import SHARE_STATE_NAMES, ClassShare
from schoolapp.exchange.sheets import Cell, Sheet, sheet_csv, workbook

_ANSWERS = {True: "sì", False: "no", None: "da chiarire"}


def shares_csv(shares: Sequence[ClassShare]) -> bytes:
    return sheet_csv(_classes(shares))


def shares_xlsx(shares: Sequence[ClassShare], *, institute: str, read_at: datetime) -> bytes:
    """Two sheets: «Classi», and «Alunni» with the evidence."""
    return workbook([_classes(shares), _pupils(shares)], title="Quota di legge", author=institute, read_at=read_at)


def _classes(shares: Sequence[ClassShare]) -> Sheet:
    headings = (
        "Classe",
        "Plesso",
        "Alunni della classe",
        "Contano",
        "Da chiarire",
        "Percentuale",
        "Quota di legge",
        "Esito",
        "Al giorno",
    )
    return Sheet("Classi", headings, tuple(_class(share) for share in shares))


def _class(share: ClassShare) -> tuple[Cell, ...]:
    return (
        share.name,
        share.site_name,
        "non indicato" if share.enrolled is None else share.enrolled,
        len(share.counted),
        len(share.unclear),
        "non calcolabile" if share.percent is None else share.percent,
        share.threshold_percent,
        SHARE_STATE_NAMES[share.state],
        share.on,
    )


def _pupils(shares: Sequence[ClassShare]) -> Sheet:
    rows = tuple(
        (share.name, share.site_name, pupil.name, _ANSWERS[pupil.finding.answer], str(pupil.finding.reason))
        for share in shares
        for pupil in share.pupils
    )
    return Sheet("Alunni", ("Classe", "Plesso", "Cognome e nome", "Conta", "Perché"), rows)
