"""Registers of invented workshops, for the tests of what draws them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from schoolapp.domain.attendance import AbsenceReason, MarkStatus, mark_minutes
from schoolapp.domain.registers import (
    RegisterLesson,
    RegisterMark,
    RegisterPupil,
    Signature,
    WorkshopRegister,
    marks_figure,
)

NAMES = (
    "Ahmeti Arber",
    "Begum Nusrat",
    "Chen Wei",
    "Diallo Mamadou",
    "El Amrani Yasmine",
    "Fernández Quispe Lucía Milagros",
    "Gebremariam Selam",
    "Hoxha Elira",
    "Hussain Muhammad Ali",
    "Kovalenko Danylo",
    "Kovalenko Mariia",
    "Ndiaye Fatou",
    "Rahman Abdul-Karim Siddiqui Chowdhury",
    "Țurcanu Ștefan-Ionuț",
    "Traoré Aïssata",
    "Zhang Xinyi",
)
TOPICS = (
    "Presentarsi, salutare. Nome, età, classe, Paese.",
    "Gli oggetti dell’aula; «Ho bisogno di…», «Posso…?»",
    "I numeri, l’orario della settimana. Dettato di orari.",
    "La famiglia. Leggere un breve testo con immagini e rispondere.",
    "Il corpo, «Mi fa male…». Dialoghi a coppie.",
)
FIRST_LESSON = date(2027, 1, 11)
PRESENT = frozenset({MarkStatus.PRESENT, MarkStatus.LATE, MarkStatus.LEFT_EARLY})


def lesson_marks(status: MarkStatus | None, minutes: int, missed: int | None = None) -> RegisterMark:
    if status is None:
        return RegisterMark(status=None)
    worth = mark_minutes(status, lesson_minutes=minutes, missed_minutes=missed)
    reason = AbsenceReason.NOT_AT_SCHOOL if status is MarkStatus.ABSENT else None
    return RegisterMark(status=status, attended=worth.attended, offered=worth.offered, reason=reason)


def make_lesson(index: int = 0, **changes: object) -> RegisterLesson:
    """Mondays 08:30–09:30 and Thursdays 10:30–12:00, held, signed and countersigned."""
    day = FIRST_LESSON + timedelta(days=index // 2 * 7 + index % 2 * 3)
    start, end, minutes = (time(10, 30), time(12, 0), 90) if index % 2 else (time(8, 30), time(9, 30), 60)
    signed_at = datetime.combine(day, end, tzinfo=UTC) - timedelta(hours=1)
    lesson = RegisterLesson(
        lesson_id=index + 1,
        day=day,
        start=start,
        end=end,
        minutes=minutes,
        topic=TOPICS[index % len(TOPICS)],
        held=True,
        cancelled=None,
        facilitator="Chiara Fontana",
        signed=Signature("Chiara Fontana", signed_at),
        countersigned=Signature("Prof.ssa Lidia Marini", datetime(2027, 2, 10, 11, 0, tzinfo=UTC)),
        present=None,
    )
    return replace(lesson, **changes)


def cancelled_lesson(index: int, reason: str = "assemblea di plesso") -> RegisterLesson:
    return make_lesson(index, held=False, cancelled=reason, topic="", signed=None, countersigned=None)


def unsigned_lesson(index: int, **changes: object) -> RegisterLesson:
    """Its roll was called, nobody has signed it: it is not held yet."""
    return make_lesson(index, **{"held": False, "present": 0, "signed": None, "countersigned": None, **changes})


def planned_lesson(index: int) -> RegisterLesson:
    return make_lesson(index, held=False, topic="", signed=None, countersigned=None)


def usual_mark(pupil: int, lesson: int) -> tuple[MarkStatus | None, int | None]:
    """Who is there and who is not, the same at each call."""
    match (pupil * 7 + lesson * 5) % 23:
        case 0 | 1 | 2:
            return MarkStatus.ABSENT, None
        case 3:
            return MarkStatus.LATE, 15
        case 4:
            return MarkStatus.LEFT_EARLY, 20
        case 5:
            return MarkStatus.CLASS_ACTIVITY, None
        case 6 if pupil % 2:
            return MarkStatus.EXEMPT, None
    return MarkStatus.PRESENT, None


def make_register(
    *,
    lessons: Sequence[RegisterLesson] | int = 10,
    names: Sequence[str] | int = 14,
    late_comer: int | None = 10,
    mark: Callable[[int, int], tuple[MarkStatus | None, int | None]] = usual_mark,
    **changes: object,
) -> WorkshopRegister:
    """A register of so many lessons and pupils, each figure the sum of its marks.

    The `late_comer`-th pupil was enrolled on the day of the fifth lesson.
    """
    columns = tuple(make_lesson(index) for index in range(lessons)) if isinstance(lessons, int) else tuple(lessons)
    if isinstance(names, int):
        rows = [NAMES[index % len(NAMES)] + (f" {index}" if index >= len(NAMES) else "") for index in range(names)]
    else:
        rows = list(names)
    pupils = []
    for row, name in enumerate(rows):
        first_day = columns[4].day if row == late_comer and len(columns) > 4 else date(2026, 10, 5)
        marks = []
        for column, lesson in enumerate(columns):
            if lesson.day < first_day:
                marks.append(None)
            elif not lesson.called:
                marks.append(RegisterMark(status=None))
            else:
                status, missed = mark(row, column)
                marks.append(lesson_marks(status, lesson.minutes, missed))
        pupils.append(
            RegisterPupil(
                pupil_id=row + 1,
                name=name,
                school_class=f"{row % 3 + 1}ª {'ABC'[row % 3]}",
                first_day=first_day,
                last_day=None,
                marks=tuple(marks),
                figure=marks_figure(marks),
            )
        )
    called = tuple(
        replace(lesson, present=_present(pupils, column)) if lesson.called else lesson
        for column, lesson in enumerate(columns)
    )
    register = WorkshopRegister(
        workshop_id=1,
        title="Italiano per comunicare, gruppo A1",
        institute="Istituto Comprensivo «Valle Serena»",
        institute_code="SOIC8XX00X",
        site="Plesso «Ada Negri»",
        place="aula 7",
        facilitators=("Chiara Fontana",),
        school_year="2026/27",
        first_day=columns[0].day if columns else FIRST_LESSON,
        last_day=columns[-1].day if columns else FIRST_LESSON + timedelta(days=30),
        project_title="Lab’Impact, piano regionale per l’integrazione",
        project_code="PROG-2463",
        cup="E00E00000000000",
        funding_line="FAMI 2021–2027",
        planned_minutes=3600,
        held_minutes_from_start=1110 + sum(lesson.held_minutes for lesson in columns),
        threshold_percent=70,
        countersigner="Prof.ssa Lidia Marini, referente intercultura",
        lessons=called,
        pupils=tuple(pupils),
        read_at=datetime(2027, 2, 12, 8, 14, tzinfo=UTC),
    )
    return replace(register, **changes)


def _present(pupils: Sequence[RegisterPupil], column: int) -> int:
    marks = [pupil.marks[column] for pupil in pupils]
    return sum(mark is not None and mark.status in PRESENT for mark in marks)
