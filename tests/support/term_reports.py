"""Term reports of invented schools, for the tests of what draws them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from schoolapp.domain.assessment import Moment
from schoolapp.domain.attendance import AttendanceFigure
from schoolapp.domain.class_shares import ClassShare, CountedPupil
from schoolapp.domain.findings import Finding
from schoolapp.domain.levels import Level, Skill
from schoolapp.domain.profiles import Profile
from schoolapp.domain.registers import Signature
from schoolapp.domain.term_report_heads import ProjectCodes, ReportHead, ReportTerm
from schoolapp.domain.term_report_sheets import MonthAttendance, PupilTermSheet, SheetWorkshop
from schoolapp.domain.term_report_words import ReportState, ReportWords
from schoolapp.domain.term_report_workshops import (
    LessonOutcome,
    PupilProgress,
    TermLesson,
    TermPupil,
    WorkshopTermReport,
)
from schoolapp.domain.term_reports import ClassInReport, SchoolTermReport
from schoolapp.domain.timetable import Slot
from schoolapp.domain.wording import Sentence
from schoolapp.domain.workshops import WorkshopKind
from tests.support.registers import NAMES

READ_AT = datetime(2027, 1, 29, 7, 40, tzinfo=UTC)
TERM = ReportTerm(
    id=1,
    name="Primo quadrimestre",
    first_day=date(2026, 9, 14),
    last_day=date(2027, 1, 31),
    school_year_id=1,
    school_year="2026/27",
    moment=Moment.INTERMEDIATE,
)
PROJECT = ProjectCodes("Lab’Impact", "PROG-2463", "E00E00000000000")
HEAD = ReportHead(
    institute_id=1,
    institute="Istituto Comprensivo «Valle Serena»",
    institute_code="SOIC8XX00X",
    term=TERM,
    coordinator="Prof.ssa Lidia Marini",
    head="Prof. Marco Bellini",
    read_at=READ_AT,
)
WORDS = ReportWords(
    topics=(
        "Presentarsi e salutare; gli oggetti dell’aula; numeri, orari, calendario; la famiglia; il corpo e la salute; "
        "la giornata; avvisi della scuola; prime parole della matematica. Letture con immagini ogni giovedì."
    ),
    progress=(
        "Il gruppo lavora volentieri a coppie. Due alunni non alfabetizzati all’arrivo leggono ora parole piane. "
        "Chi è entrato a dicembre segue con schede a parte."
    ),
    difficulties=(
        "L’aula 7 è stata occupata tre volte. Il giovedì il laboratorio cade su scienze: le classi 1ª B e 2ª A "
        "chiedono di spostarlo. Otto assenze sono di alunni a scuola ma trattenuti in classe per una verifica."
    ),
    proposals=("Spostare il giovedì alla quinta ora. Cinque alunni pronti per «Italiano per lo studio» da marzo."),
)
SIGNED = Signature("Chiara Fontana", datetime(2027, 1, 28, 15, 0, tzinfo=UTC))
_RANKS = list(Level)


def make_profile(level: Level = Level.A1, *, moment: Moment = Moment.ENTRY, **changes: object) -> Profile:
    """The same level in every skill; the language of study is not assessed at Pre-A1."""
    skills = [skill for skill in Skill if skill is not Skill.STUDY or level.reaches(Level.A2)]
    day = date(2026, 10, 14) if moment is Moment.ENTRY else date(2027, 1, 20)
    profile = Profile(
        assessment_id=1,
        moment=moment,
        day=day,
        levels=dict.fromkeys(skills, level),
        overall=level,
        literacy=None,
        scale_version=1,
    )
    return replace(profile, **changes)


def make_progress(entry: Level | None = Level.PRE_A1, now: Level | None = Level.A1) -> PupilProgress:
    return PupilProgress(
        entry=make_profile(entry) if entry else None,
        now=make_profile(now, moment=Moment.INTERMEDIATE) if now else None,
    )


def make_pupil(number: int = 0, **changes: object) -> TermPupil:
    """Three of four have risen by a level."""
    entry = _RANKS[number % 3]
    pupil = TermPupil(
        pupil_id=number + 1,
        name=NAMES[number % len(NAMES)],
        first_day=date(2026, 12, 1) if number % 5 == 4 else date(2026, 9, 21),
        figure=AttendanceFigure(attended=1500 + 40 * (number % 6), offered=1830),
        progress=make_progress(entry, _RANKS[number % 3 + (1 if number % 4 else 0)]),
        has_words=True,
    )
    return replace(pupil, **changes)


def make_lesson(number: int = 0, outcome: LessonOutcome | None = None, **changes: object) -> TermLesson:
    """Mondays and Thursdays; the sixth is cancelled, the last but two is not signed yet."""
    day = date(2026, 9, 21) + timedelta(days=number // 2 * 7 + number % 2 * 3)
    outcome = outcome or {5: LessonOutcome.CANCELLED, 29: LessonOutcome.UNSIGNED}.get(number, LessonOutcome.HELD)
    there = outcome in {LessonOutcome.HELD, LessonOutcome.UNSIGNED}
    lesson = TermLesson(
        lesson_id=number + 1,
        day=day,
        minutes=90 if number % 2 else 60,
        outcome=outcome,
        present=9 + number * 7 % 5 if there else None,
        facilitator="Chiara Fontana",
    )
    return lesson._replace(**changes)


def make_workshop_report(
    *, lessons: int | Sequence[TermLesson] = 32, pupils: int | Sequence[TermPupil] = 14, **changes: object
) -> WorkshopTermReport:
    """Signed, with everybody assessed; `lessons` and `pupils` may be numbers."""
    report = WorkshopTermReport(
        head=HEAD,
        workshop_id=1,
        title="Italiano per comunicare A1",
        kind=WorkshopKind.TO_COMMUNICATE,
        level=Level.A1,
        site="Plesso «Ada Negri»",
        place="aula 7",
        facilitators=("Chiara Fontana",),
        slots=(
            Slot(0, time(8, 30), time(9, 30), date(2026, 9, 14), None, ""),
            Slot(3, time(10, 30), time(12, 0), date(2026, 9, 14), None, ""),
        ),
        project=PROJECT,
        funding_line="FAMI",
        concluded=False,
        lessons=tuple(make_lesson(number) for number in range(lessons)) if isinstance(lessons, int) else tuple(lessons),
        pupils=tuple(make_pupil(number) for number in range(pupils)) if isinstance(pupils, int) else tuple(pupils),
        words=WORDS,
        state=ReportState.SIGNED,
        signed=SIGNED,
        countersigned=None,
        version=1,
    )
    return replace(report, **changes)


def make_class(number: int = 1, *, enrolled: int | None = 22, counted: int = 4, **changes: object) -> ClassInReport:
    finding = Finding(True, Sentence("prima iscrizione"))
    share = ClassShare(
        class_id=number,
        name=f"{number}ª A",
        site_name="Plesso «Ada Negri»",
        institute_id=1,
        on=TERM.last_day,
        enrolled=enrolled,
        threshold_percent=20,
        pupils=tuple(CountedPupil(index, NAMES[index], finding) for index in range(counted)),
    )
    line = ClassInReport(
        class_id=number,
        name=f"{number}ª A",
        site="Plesso «Ada Negri»",
        pupils=7,
        below_a2=4,
        unassessed=0,
        share=share,
    )
    return replace(line, **changes)


def make_school_report(
    *, workshops: int | Sequence[WorkshopTermReport] = 4, classes: int | Sequence[ClassInReport] = 5, **changes: object
) -> SchoolTermReport:
    """Workshops of different pupils and lengths."""
    if isinstance(workshops, int):
        titles = ("Italiano per comunicare A1", "Italiano per comunicare A2", "Italiano per lo studio B1")
        workshops = [
            make_workshop_report(
                workshop_id=number + 1,
                title=titles[number % 3] + (f", gruppo {number // 3 + 1}" if number >= 3 else ""),
                lessons=32 - 5 * (number % 3),
                pupils=[make_pupil(20 * number + row) for row in range(14 - 2 * (number % 4))],
            )
            for number in range(workshops)
        ]
    if isinstance(classes, int):
        classes = [make_class(number + 1, enrolled=None if number == 4 else 20 + number) for number in range(classes)]
    report = SchoolTermReport(head=HEAD, workshops=tuple(workshops), classes=tuple(classes), meetings=None)
    return replace(report, **changes)


def make_month(month: int = 10, **changes: object) -> MonthAttendance:
    made = MonthAttendance(
        month=date(2026 if month > 8 else 2027, month, 1),
        lessons=6,
        present=5,
        away=1,
        kept_in_class=0,
        figure=AttendanceFigure(attended=390, offered=450),
    )
    return replace(made, **changes)


def make_sheet(**changes: object) -> PupilTermSheet:
    entry = make_profile(Level.PRE_A1)
    now = make_profile(
        Level.A1,
        moment=Moment.INTERMEDIATE,
        levels={
            Skill.LISTENING: Level.A2,
            Skill.READING: Level.A1,
            Skill.SPOKEN_INTERACTION: Level.A1,
            Skill.SPOKEN_PRODUCTION: Level.A1,
            Skill.WRITING: Level.PRE_A1,
        },
    )
    workshop = SheetWorkshop(
        workshop_id=1,
        title="Italiano per comunicare A1",
        facilitators=("Chiara Fontana",),
        first_day=date(2026, 10, 12),
        words=(
            "Selam ascolta molto e parla volentieri con i compagni. Impara l’alfabeto latino con costanza; scrivere le "
            "costa fatica e tempo. Aiuta i compagni nuovi."
        ),
        proposals=(
            "Continuare il laboratorio (comunicare, A1). In classe: testi con immagini, più tempo nelle prove scritte, "
            "prove orali di preferenza. Rinviare la valutazione di storia e geografia al secondo quadrimestre, se il "
            "consiglio è d’accordo."
        ),
        signed=SIGNED,
        countersigned=None,
        project=PROJECT,
    )
    sheet = PupilTermSheet(
        head=HEAD,
        pupil_id=1,
        name="Selam Tesfay Gebremariam",
        school_class="1ª B",
        site="Plesso «Ada Negri»",
        arrival_month=date(2026, 8, 1),
        languages=("ti",),
        years_abroad=5,
        reads_latin=False,
        workshops=(workshop,),
        months=tuple(make_month(month) for month in (10, 11, 12, 1)),
        progress=PupilProgress(entry, now),
    )
    return replace(sheet, **changes)
