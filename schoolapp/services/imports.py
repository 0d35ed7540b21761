"""Bringing in a school's list of pupils, up to the moment of saving: the file, its columns, the answers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.pupil_imports import ImportPlan
from schoolapp.domain.pupil_lists import NAME_FIELDS, DoubtKind, Field
from schoolapp.domain.search_keys import search_key
from schoolapp.domain.wording import N_
from schoolapp.extensions import db
from schoolapp.models import PupilImport, RememberedHeading, RememberedWord
from schoolapp.services import import_plans

_LONGEST_WORD = 120
_LONGEST_FILENAME = 160
_KEPT_PENDING = timedelta(days=7)


def upload(
    *, institute_id: int, user_id: int | None, filename: str, content: bytes, now: datetime, today: date
) -> PupilImport:
    """Keep a file to be checked, in place of the person's earlier one; what cannot be read is refused on "file"."""
    filename = filename.strip()[-_LONGEST_FILENAME:] or "elenco"
    import_plans.read_list(content, filename, institute_id=institute_id, today=today)
    _drop_pending(institute_id, user_id, now)
    pupil_import = PupilImport(
        institute_id=institute_id,
        uploaded_by_id=user_id,
        uploaded_at=now,
        filename=filename,
        content=content,
        columns={},
        choices={},
        undo={},
    )
    db.session.add(pupil_import)
    db.session.flush()
    return pupil_import


def _drop_pending(institute_id: int, user_id: int | None, now: datetime) -> None:
    """Files nobody will apply any more: the person's earlier ones, and anybody's left for days. No list lies about."""
    mine = PupilImport.uploaded_by_id == user_id
    forgotten = PupilImport.uploaded_at < now - _KEPT_PENDING
    pending = (PupilImport.institute_id == institute_id) & PupilImport.applied_at.is_(None)
    db.session.execute(delete(PupilImport).where(pending & (mine | forgotten)))


def set_columns(
    pupil_import: PupilImport, *, meanings: Mapping[int, Field | None], today: date, first_row_is_header: bool = False
) -> None:
    """Say what each column (by its index) holds, and remember it by its heading for the school's next lists.

    `first_row_is_header`: the first row holds headings, although we did not see them.
    """
    columns: dict[Field, int] = {}
    for at, meaning in sorted(meanings.items()):
        if meaning is None:
            continue
        if meaning in columns:
            raise RuleViolation(N_("Due colonne dicono la stessa cosa. Lasciane una sola."), field=f"column_{at}")
        columns[meaning] = at
    if not columns.keys() & NAME_FIELDS:
        raise RuleViolation(N_("Indica in quale colonna sono il cognome e il nome."), field="column_0")
    if columns.keys() & {Field.FULL_NAME, Field.FULL_NAME_FIRST} and len(columns.keys() & NAME_FIELDS) > 1:
        raise RuleViolation(
            N_("Il nome è in una colonna o in due: non in entrambi i modi."),
            field=f"column_{columns.get(Field.FULL_NAME, columns.get(Field.FULL_NAME_FIRST, 0))}",
        )
    pupil_import.columns = {field.value: at for field, at in columns.items()}
    if first_row_is_header:
        pupil_import.columns[import_plans.HEADER] = True
    open_ = import_plans.open_list(pupil_import, today=today)
    for key, meaning in _meaning_of_headings(open_.layout.headings, meanings).items():
        db.session.merge(
            RememberedHeading(
                institute_id=pupil_import.institute_id,
                heading=key,
                meaning=meaning.value if meaning else import_plans.NOT_OURS,
            )
        )
    db.session.flush()


def _meaning_of_headings(headings: Sequence[str], meanings: Mapping[int, Field | None]) -> dict[str, Field | None]:
    """Search key of a heading → fact. Of columns that are headed alike ("Cognome" of the pupil, "Cognome" of the
    mother) the first that holds a fact says what the heading means: the others must not unteach it."""
    found: dict[str, Field | None] = {}
    for at, heading in enumerate(headings):
        key = search_key(heading)[:_LONGEST_WORD]
        if key and at in meanings and found.get(key) is None:
            found[key] = meanings[at]
    return found


def decide(pupil_import: PupilImport, *, answers: Mapping[str, str]) -> None:
    """Keep the answers to questions of this list, and remember them for the school's next lists."""
    pupil_import.choices = {**pupil_import.choices, **answers}
    for key, answer in answers.items():
        kind, _, word = key.partition(":")
        if len(word) <= _LONGEST_WORD:
            db.session.merge(
                RememberedWord(
                    institute_id=pupil_import.institute_id, subject=DoubtKind(kind), word=word, meaning=answer
                )
            )
    db.session.flush()


def forget_answers(pupil_import: PupilImport, *, today: date) -> None:
    """Ask again all that was answered for what stands in this list, whichever list it was answered for."""
    institute_id = pupil_import.institute_id
    open_ = import_plans.open_list(pupil_import, today=today)
    kept = import_plans.remembered_answers(institute_id) | pupil_import.choices
    answered: dict[str, str] = {}
    for _round in range(import_plans.ROUNDS):
        plan = import_plans.make_plan(
            open_, institute_id=institute_id, decisions=answered, today=today, with_remembered=False
        )
        more = {key: kept[key] for question in plan.questions if (key := question.doubt.key) in kept}
        if not more:
            break
        answered |= more
    for key in answered.keys() | pupil_import.choices.keys():
        kind, _, word = key.partition(":")
        found = db.session.get(RememberedWord, (institute_id, kind, word))
        if found is not None:
            db.session.delete(found)
    pupil_import.choices = {}
    db.session.flush()


def drop(pupil_import: PupilImport) -> None:
    """Give up an import that has not been applied: its file goes, nothing of it was saved."""
    if pupil_import.applied_at is not None:
        raise RuleViolation(N_("Questo elenco è già stato importato: puoi solo annullarlo."))
    db.session.execute(delete(PupilImport).where(PupilImport.id == pupil_import.id))
    db.session.expire_all()


def ensure_applicable(plan: ImportPlan) -> None:
    """Refuse a plan with errors or open questions: all of a list is saved, or nothing."""
    if plan.errors:
        raise RuleViolation(N_("Non abbiamo salvato nulla: ci sono righe da correggere."))
    if plan.questions:
        raise RuleViolation(N_("Non abbiamo salvato nulla: ci sono domande senza risposta."))
