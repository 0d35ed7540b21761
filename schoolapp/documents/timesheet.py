"""The monthly timesheet on paper: the month at a glance, a row an activity, the sums by funding line, signatures."""

from datetime import date

from schoolapp.documents import emblems
from schoolapp.documents.fitting import fit
from schoolapp.documents.fonts import Face, drawing_lock, legible
from schoolapp.documents.italian import MONTHS, clock_times, hours, number, short_day
from schoolapp.documents.pen import Pen
from schoolapp.documents.report_blocks import Block, put_on_pages
from schoolapp.documents.report_frame import FIRST_BODY, LEFT, NEXT_BODY, RIGHT, WIDTH, read_note
from schoolapp.documents.report_parts import Fact, facts, heading, note, signatures
from schoolapp.documents.report_table import Cell, Column, Quiet, table
from schoolapp.documents.theme import BLUE, LABEL, OUTSIDE_RULE, PORTRAIT, RULE
from schoolapp.documents.timesheet_month import month_strip
from schoolapp.domain.term_report_heads import codes_in_words, emblems_of
from schoolapp.domain.timesheets import WORKER_NAMES, Timesheet, Worker, decimal_hours

TITLE = "Foglio ore mensile"
TO_CONFIRM = "da confermare"

_OWNER = 25.2
_LEAD_STEPS = ((10.5, 1), (10.0, 1), (9.5, 1), (9.0, 1), (8.5, 1), (8.0, 2), (7.0, 2), (6.0, 3))


def draw_timesheet(sheet: Timesheet) -> bytes:
    """The PDF of a month; the same sheet gives the same bytes.

    Raises RuleViolation where a name has letters that we cannot print.
    """
    with drawing_lock:
        pages = put_on_pages(_blocks(sheet), _signatures(sheet))
        pen = Pen(
            title=f"{TITLE}: {month_words(sheet.month)}",
            author=sheet.owner,
            subject=sheet.number,
            at=sheet.read_at,
            page=PORTRAIT,
        )
        for page, placed in enumerate(pages, 1):
            with pen.element("Sect"):
                _draw_head(pen, sheet, first=page == 1)
                for top, block in placed:
                    block.draw(pen, top)
            _draw_foot(pen, sheet, page, len(pages))
            pen.end_page()
        return pen.finish()


def month_words(month: date) -> str:
    """gennaio 2027"""
    return f"{MONTHS[month.month - 1]} {month.year}"


def decimals(minutes: int) -> str:
    """10,17"""
    whole, rest = f"{decimal_hours(minutes)}".split(".")
    return f"{number(int(whole))},{rest}"


def _blocks(sheet: Timesheet) -> list[Block]:
    blocks: list[Block] = [
        facts(_facts(sheet)),
        heading("Il mese, giorno per giorno", "(minuti)"),
        month_strip(sheet.month_days),
        heading("Le attività"),
    ]
    if not sheet.lines:
        return [*blocks, note("In questo mese non c’è nessuna attività.")]
    blocks += [_activities(sheet), heading("Per linea di finanziamento"), _totals(sheet)]
    return [*blocks, note(_declaration(sheet))]


def _facts(sheet: Timesheet) -> list[Fact]:
    waiting = sheet.unconfirmed_minutes
    in_vain = f", {sheet.in_vain} a vuoto" if sheet.in_vain else ""
    source = "gli stessi minuti dei registri" if sheet.worker is Worker.FACILITATOR else "minuti delle attività"
    return [
        Fact(hours(sheet.minutes), "", "ore del mese"),
        Fact(number(sheet.minutes), "min", f"di cui {number(waiting)} {TO_CONFIRM}" if waiting else source),
        Fact(number(len(sheet.lines)), "", ("attività" if sheet.worker is Worker.MEDIATOR else "lezioni") + in_vain),
        Fact(number(sheet.days), "", "giorno di lavoro" if sheet.days == 1 else "giorni di lavoro"),
    ]


def _activities(sheet: Timesheet) -> Block:
    rows: list[list[Cell]] = [
        [
            short_day(line.day),
            Quiet(clock_times(line.start, line.end)),
            Quiet(legible(Face.REGULAR, line.activity if line.confirmed else f"{line.activity} ({TO_CONFIRM})")),
            Quiet(legible(Face.REGULAR, line.place)),
            Quiet(line.reference),
            Quiet(legible(Face.REGULAR, line.funding_line)),
            number(line.minutes),
        ]
        for line in sheet.lines
    ]
    columns = (
        Column("Data", 18),
        Column("Dalle–alle", 21),
        Column("Attività", 44),
        Column("Luogo", 46),
        Column("Rif.", 15),
        Column("Linea", 18),
        Column("Minuti", 13, "right"),
    )
    return table(columns, rows, total=["Totale", "", "", "", "", hours(sheet.minutes), number(sheet.minutes)])


def _totals(sheet: Timesheet) -> Block:
    rows: list[list[Cell]] = [
        [
            legible(Face.BOLD, total.name),
            Quiet(number(total.activities)),
            Quiet(number(total.minutes)),
            Quiet(hours(total.minutes)),
            Quiet(decimals(total.minutes)),
        ]
        for total in sheet.totals
    ]
    columns = (
        Column("Linea", 75),
        Column("Attività", 24, "right"),
        Column("Minuti", 22, "right"),
        Column("Ore e minuti", 27, "right"),
        Column("Ore decimali", 27, "right"),
    )
    total = ["Totale", number(len(sheet.lines)), number(sheet.minutes), hours(sheet.minutes), decimals(sheet.minutes)]
    return table(columns, rows, total=total)


def _declaration(sheet: Timesheet) -> str:
    words = ["Dichiaro di aver svolto le attività qui elencate."]
    if sheet.worker is Worker.FACILITATOR:
        words.append("Ogni riga è una lezione firmata nel registro del laboratorio («Rif.»).")
    elif sheet.unconfirmed_minutes:
        words.append(
            "Ogni riga corrisponde a una richiesta o a uno sportello («Rif.»); chi ha chiesto deve ancora confermare "
            f"{number(sheet.unconfirmed_minutes)} minuti."
        )
    else:
        words.append("Ogni riga corrisponde a un’attività confermata dall’ente che l’ha richiesta («Rif.»).")
    words.append("Nessun minuto è contato su due linee.")
    if sheet.in_vain:
        words.append("«Famiglia assente» e «Annullamento tardivo»: il tempo era riservato ed è dovuto.")
    if sheet.only:
        words.append(f"Il foglio riporta la sola linea «{sheet.only}».")
    return legible(Face.REGULAR, " ".join(words))


def _signatures(sheet: Timesheet) -> Block:
    if sheet.worker is Worker.MEDIATOR:
        return signatures([("Chi ha lavorato", sheet.name, ""), ("Il coordinatore del servizio", "", ""), _OFFICE])
    return signatures([("Chi ha lavorato", sheet.name, ""), ("Referente intercultura", "", ""), _OFFICE])


_OFFICE = ("Visto: Ufficio di Piano", "", "")


def _draw_head(pen: Pen, sheet: Timesheet, *, first: bool) -> None:
    emblems.draw(pen, emblems_of(sheet.projects), left=LEFT, top=9.0, width=WIDTH, tagged=first)
    place = fit(f"foglio ore n. {sheet.number}", Face.REGULAR, 70, ((9.5, 1), (8.5, 1), (7.5, 1)))
    if sheet.owner:
        owner = fit(legible(Face.SEMIBOLD, sheet.owner), Face.SEMIBOLD, WIDTH - place.width - 5, _LEAD_STEPS[2:])
        with pen.element("P"):
            pen.lines(LEFT, _OWNER, owner, colour=LABEL)
    with pen.element("P"):
        pen.lines(RIGHT, _OWNER, place, colour=LABEL, align="right")
    title = f"{TITLE}: {month_words(sheet.month)}"
    if not first:
        goes_on = fit(f"{title}, {sheet.name}, segue", Face.SEMIBOLD, WIDTH, ((9.0, 1), (8.0, 1), (7.0, 1), (6.0, 2)))
        pen.fitted(LEFT, 28.8, goes_on)
        pen.line(LEFT, NEXT_BODY - 2.0, RIGHT, NEXT_BODY - 2.0, colour=BLUE, width=OUTSIDE_RULE)
        return
    with pen.element("H1"):
        pen.fitted(LEFT, 31.6, fit(title, Face.TITLE, WIDTH, ((23.0, 1), (21.0, 1))), colour=BLUE)
    with pen.element("P"):
        pen.fitted(LEFT, 39.7, fit(legible(Face.REGULAR, _lead(sheet)), Face.REGULAR, WIDTH, _LEAD_STEPS))
    pen.line(LEFT, FIRST_BODY - 0.2, RIGHT, FIRST_BODY - 0.2, colour=BLUE, width=OUTSIDE_RULE)


def _lead(sheet: Timesheet) -> str:
    """Amina Haddad, mediazione linguistico-culturale (arabo, francese) · incarico n. 14/2026"""
    who = f"{sheet.name}, {WORKER_NAMES[sheet.worker]}"
    who += f" ({sheet.skills})" if sheet.skills else ""
    return f"{who} · incarico n. {sheet.engagement}" if sheet.engagement else who


def _draw_foot(pen: Pen, sheet: Timesheet, page: int, pages: int) -> None:
    pen.line(LEFT, 284.6, RIGHT, 284.6, colour=RULE, width=0.6)
    count = fit(f"pagina {page} di {pages}", Face.SEMIBOLD, 40, ((9.0, 1),))
    pen.fitted(RIGHT, 287.4, count, align="right")
    words = " · ".join(text for text in (codes_in_words(sheet.projects), read_note(sheet.read_at)) if text)
    sizes = ((8.0, 1), (7.5, 1), (7.0, 1), (6.5, 2), (5.5, 2), (4.5, 3))
    foot = fit(legible(Face.REGULAR, words), Face.REGULAR, WIDTH - count.width - 5, sizes)
    pen.fitted(LEFT, 287.4, foot, colour=LABEL)
