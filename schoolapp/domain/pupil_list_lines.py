"""One line of a list read as a pupil, with its doubts or its errors."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from schoolapp.domain import list_values
from schoolapp.domain.countries import countries
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.languages import languages
from schoolapp.domain.lexicons import Lexicon
from schoolapp.domain.person_names import KnownNames, SplitName, split_after, split_full_name, tidy_name
from schoolapp.domain.pupil_list_columns import ListLayout
from schoolapp.domain.pupil_list_places import PlaceFinder
from schoolapp.domain.pupil_lists import (
    KEEP,
    SKIP_LINE,
    Doubt,
    DoubtKind,
    Field,
    LineError,
    ParsedRow,
    SkippedLine,
    Vocabulary,
)
from schoolapp.domain.pupils import LONGEST_BIRTH_PLACE, ensure_arrival, ensure_first_enrolment
from schoolapp.domain.search_keys import search_key
from schoolapp.domain.tables import Cell, Row, cell_text
from schoolapp.domain.wording import N_, Sentence

T = TypeVar("T")
_NAME_LENGTH = 80
LONGEST_NAMES = 200
"""Signs of a whole name, both names together."""
_LONGEST_SHOWN = 300
_SUGGESTIONS = 200
"""After so many unknown words no meaning is proposed any more: the list is of something else."""


class LineReader:
    """Reads the lines of one list; what it has recognised once it does not look up again."""

    def __init__(self, layout: ListLayout, vocabulary: Vocabulary, known: KnownNames, *, today: date) -> None:
        self._columns = layout.columns
        self._decisions = vocabulary.decisions
        self._known = known
        self._today = today
        self._places = PlaceFinder(vocabulary)
        self._unknown = 0
        self._words: dict[tuple[DoubtKind, str], tuple[tuple[str, ...], tuple[Doubt, ...]]] = {}
        self._answered = {
            kind: {
                key.removeprefix(f"{kind}:"): answer
                for key, answer in vocabulary.decisions.items()
                if key.startswith(f"{kind}:")
            }
            for kind in (DoubtKind.COUNTRY, DoubtKind.LANGUAGE)
        }

    def read(self, row: Row, *, title_class: str | None) -> ParsedRow | SkippedLine | list[LineError]:
        """A pupil; or a line someone decided to leave out; or everything that is wrong with it, not only the first."""
        errors: list[LineError] = []

        def checked(field: Field, parse: Callable[[Cell], T], otherwise: T) -> T:
            cell = self._cell(row, field)
            if cell is None:
                return otherwise
            try:
                return parse(cell)
            except RuleViolation as violation:
                errors.append(LineError(row.number, violation.sentence, cell_text(cell)[:_LONGEST_SHOWN], field))
                return otherwise

        doubts: list[Doubt] = []
        name = self._name(row, doubts, errors)
        birth_date = checked(Field.BIRTH_DATE, lambda cell: list_values.parse_birth_date(cell, today=self._today), None)
        arrival = checked(Field.ARRIVAL, lambda cell: self._arrival(cell, birth_date), None)
        enrolment = checked(Field.FIRST_ENROLMENT, lambda cell: self._first_enrolment(cell, birth_date), None)
        sex = checked(Field.SEX, list_values.parse_sex, None)
        years = checked(Field.YEARS_ABROAD, list_values.parse_years, None)
        mediator_needed = checked(Field.MEDIATOR_NEEDED, list_values.parse_yes_no, None)
        no_phones: tuple[str, ...] = ()
        phones = checked(Field.CONTACT_PHONE, list_values.parse_phones, no_phones)
        citizenships = self._codes(DoubtKind.COUNTRY, row, doubts, Field.CITIZENSHIP, Field.SECOND_CITIZENSHIP)
        home = self._codes(DoubtKind.LANGUAGE, row, doubts, Field.HOME_LANGUAGES, Field.OTHER_LANGUAGES)
        letters = self._codes(DoubtKind.LANGUAGE, row, doubts, Field.LETTERS_LANGUAGE)
        mediator = self._codes(DoubtKind.LANGUAGE, row, doubts, Field.MEDIATOR_LANGUAGE)
        place = self._places.find(
            site_code=self._text(row, Field.SITE_CODE),
            site_name=self._text(row, Field.SITE_NAME),
            class_name=list_values.class_name(self._text(row, Field.CLASS_NAME), self._text(row, Field.SECTION))
            or title_class,
        )
        if name is None:
            return SkippedLine(row.number, self._name_text(row), Sentence(N_("Hai deciso di non importarla.")))
        if errors:
            return errors
        return ParsedRow(
            line=row.number,
            last_name=name.last_name,
            first_name=name.first_name,
            sex=sex,
            birth_date=birth_date,
            birth_place=tidy_name(self._text(row, Field.BIRTH_PLACE))[:LONGEST_BIRTH_PLACE] or None,
            citizenships=citizenships,
            site_id=place.site_id,
            create_site=place.create_site,
            class_name=place.class_name,
            class_id=place.class_id,
            create_class=place.create_class,
            arrival_month=arrival,
            first_enrolment=enrolment,
            years_abroad=years,
            home_languages=home,
            letters_language=letters[0] if letters else None,
            mediator_needed=mediator_needed,
            mediator_language=mediator[0] if mediator else None,
            contact_name=tidy_name(self._text(row, Field.CONTACT_NAME))[:120] or None,
            contact_phones=phones,
            doubts=(*doubts, *place.doubts),
        )

    def _arrival(self, cell: Cell, born: date | None) -> date | None:
        arrived = list_values.parse_month(cell, today=self._today)
        if arrived is not None:
            ensure_arrival(arrived, born=born, on=self._today)
        return arrived

    def _first_enrolment(self, cell: Cell, born: date | None) -> date | None:
        enrolled = list_values.parse_enrolment_date(cell, today=self._today)
        if enrolled is not None:
            ensure_first_enrolment(enrolled, born=born, on=self._today)
        return enrolled

    def _cell(self, row: Row, field: Field) -> Cell:
        at = self._columns.get(field)
        return row.cells[at] if at is not None and at < len(row.cells) else None

    def _text(self, row: Row, field: Field) -> str:
        return " ".join(cell_text(self._cell(row, field)).split())

    def _name_text(self, row: Row) -> str:
        fields = (Field.FULL_NAME, Field.FULL_NAME_FIRST, Field.LAST_NAME, Field.FIRST_NAME)
        return " ".join(text for field in fields if (text := self._text(row, field)))

    def _name(self, row: Row, doubts: list[Doubt], errors: list[LineError]) -> SplitName | None:
        """The two names; None when the person decided to leave the line out."""
        if Field.FULL_NAME in self._columns or Field.FULL_NAME_FIRST in self._columns:
            name = self._whole_name(row, doubts)
        else:
            last, first = self._text(row, Field.LAST_NAME), self._text(row, Field.FIRST_NAME)
            name = SplitName(tidy_name(last), tidy_name(first, is_first_name=True))
            if not last:
                name = SplitName(name.first_name, "")
        text = self._name_text(row)
        if not any(sign.isalpha() for sign in name.last_name):
            sentence = Sentence(N_("Manca il cognome. Senza cognome non possiamo riconoscere l’alunno."))
            errors.append(LineError(row.number, sentence, text or N_("(vuoto)"), Field.LAST_NAME))
        elif any(sign.isdigit() for sign in text):
            sentence = Sentence(N_("Il nome contiene un numero. Controllalo."))
            errors.append(LineError(row.number, sentence, text, Field.LAST_NAME))
        elif max(len(name.last_name), len(name.first_name)) > _NAME_LENGTH:
            sentence = Sentence(N_("Il nome supera %(limit)s lettere. Accorcialo."), {"limit": _NAME_LENGTH})
            errors.append(LineError(row.number, sentence, text[:LONGEST_NAMES], Field.LAST_NAME))
        elif not name.first_name:
            doubt = Doubt(
                DoubtKind.ONE_NAME,
                name.last_name,
                Sentence(N_("«%(text)s» ha un nome solo: è scritto così nel registro della scuola?"), {"text": text}),
                KEEP,
            )
            answer = self._decisions.get(doubt.key)
            if answer == SKIP_LINE:
                return None
            if answer is None:
                doubts.append(doubt)
        return name

    def _whole_name(self, row: Row, doubts: list[Doubt]) -> SplitName:
        reverse = Field.FULL_NAME not in self._columns
        text = self._text(row, Field.FULL_NAME_FIRST if reverse else Field.FULL_NAME)
        if len(text) > LONGEST_NAMES:
            return SplitName(text, "")
        name = split_full_name(text, self._known, first_name_first=reverse)
        if name.certain:
            return name
        doubt = Doubt(
            DoubtKind.NAME_ORDER,
            text,
            Sentence(
                N_("«%(text)s»: il cognome è %(last)s e il nome è %(first)s?"),
                {"text": text, "last": name.last_name, "first": name.first_name},
            ),
            str(len(name.last_name.split())),
        )
        answer = self._decisions.get(doubt.key, "")
        if answer.isdigit() and 0 < int(answer) < len(text.split()):
            return split_after(text, int(answer), first_name_first=reverse)
        doubts.append(doubt)
        return name

    def _codes(self, kind: DoubtKind, row: Row, doubts: list[Doubt], *fields: Field) -> tuple[str, ...]:
        codes: list[str] = []
        for field in fields:
            text = self._text(row, field)
            if not text:
                continue
            found, unclear = self._words.get((kind, text)) or self._look_up(kind, text)
            codes += [code for code in found if code not in codes]
            doubts += [doubt for doubt in unclear if doubt not in doubts]
        return tuple(codes)

    def _look_up(self, kind: DoubtKind, text: str) -> tuple[tuple[str, ...], tuple[Doubt, ...]]:
        lexicon: Lexicon = countries() if kind is DoubtKind.COUNTRY else languages()
        message = (
            N_("Non conosciamo la cittadinanza «%(text)s».")
            if kind is DoubtKind.COUNTRY
            else N_("Non conosciamo la lingua «%(text)s».")
        )
        recognised = lexicon.recognise(text, self._answered[kind], suggest=self._unknown < _SUGGESTIONS)
        self._unknown += len(recognised.unknown)
        unclear = tuple(
            Doubt(kind, word.text, Sentence(message, {"text": word.text}), word.suggestion)
            for word in recognised.unknown
            if search_key(word.text)
        )
        self._words[kind, text] = found = (recognised.codes, unclear)
        return found
