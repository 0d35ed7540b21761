"""What the headings of school lists mean."""

import pytest

from schoolapp.domain.pupil_list_headings import NoField, meaning_of
from schoolapp.domain.pupil_lists import FIELD_NAMES, Field

LEFT_ALONE, UNKNOWN = NoField.LEFT_ALONE, NoField.UNKNOWN


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("COGNOME", Field.LAST_NAME),
        ("Cogn.", Field.LAST_NAME),
        ("Cognome alunno", Field.LAST_NAME),
        ("Surname", Field.LAST_NAME),
        ("last_name", Field.LAST_NAME),
        ("NOME", Field.FIRST_NAME),
        ("First name", Field.FIRST_NAME),
        ("Cognome e Nome", Field.FULL_NAME),
        ("COGNOME_NOME", Field.FULL_NAME),
        ("Alunno/a", Field.FULL_NAME),
        ("Nominativo", Field.FULL_NAME),
        ("Nome e cognome", Field.FULL_NAME_FIRST),
        ("Sesso", Field.SEX),
        ("M/F", Field.SEX),
        ("DATA_NASCITA", Field.BIRTH_DATE),
        ("D. nascita", Field.BIRTH_DATE),
        ("Data di nascita", Field.BIRTH_DATE),
        ("Nato/a il", Field.BIRTH_DATE),
        ("Date of birth", Field.BIRTH_DATE),
        ("DoB", Field.BIRTH_DATE),
        ("Luogo di nascita", Field.BIRTH_PLACE),
        ("Comune nascita", Field.BIRTH_PLACE),
        ("Place of birth", Field.BIRTH_PLACE),
        ("Stato di nascita", LEFT_ALONE),
        ("Nato a", Field.BIRTH_PLACE),
        ("Luogo di nascita padre", LEFT_ALONE),
        ("Codice fiscale", Field.TAX_CODE),
        ("C.F.", Field.TAX_CODE),
        ("Cittadinanza", Field.CITIZENSHIP),
        ("Cittad.", Field.CITIZENSHIP),
        ("Nazionalità", Field.CITIZENSHIP),
        ("Seconda cittadinanza", Field.SECOND_CITIZENSHIP),
        ("Cittadinanza madre", LEFT_ALONE),
        ("Classe", Field.CLASS_NAME),
        ("Cl.", Field.CLASS_NAME),
        ("ANNO_CORSO", Field.CLASS_NAME),
        ("Anno scolastico", LEFT_ALONE),
        ("Sez.", Field.SECTION),
        ("Plesso", Field.SITE_NAME),
        ("Sede", Field.SITE_NAME),
        ("Cod. sede", Field.SITE_CODE),
        ("CODICE_SEDE", Field.SITE_CODE),
        ("Codice meccanografico", Field.SITE_CODE),
        ("In Italia dal", Field.ARRIVAL),
        ("DATA_ARRIVO_ITALIA", Field.ARRIVAL),
        ("Arrival", Field.ARRIVAL),
        ("Prima iscrizione in Italia", Field.FIRST_ENROLMENT),
        ("Anni di scuola nel Paese d’origine", Field.YEARS_ABROAD),
        ("LINGUA_MADRE", Field.HOME_LANGUAGES),
        ("Lingua parlata a casa", Field.HOME_LANGUAGES),
        ("L1", Field.HOME_LANGUAGES),
        ("Mother tongue", Field.HOME_LANGUAGES),
        ("Altre lingue parlate", Field.OTHER_LANGUAGES),
        ("Seconda lingua comunitaria", LEFT_ALONE),
        ("Lingua per le comunicazioni", Field.LETTERS_LANGUAGE),
        ("Serve mediatore?", Field.MEDIATOR_NEEDED),
        ("Lingua del mediatore", Field.MEDIATOR_LANGUAGE),
        ("Telefono madre", Field.CONTACT_PHONE),
        ("Cell. genitore", Field.CONTACT_PHONE),
        ("Nome del padre", Field.CONTACT_NAME),
        ("Genitore 1", Field.CONTACT_NAME),
        ("Indirizzo", LEFT_ALONE),
        ("Permesso di soggiorno", LEFT_ALONE),
        ("N.", LEFT_ALONE),
        ("", UNKNOWN),
        ("Provenienza", UNKNOWN),
    ],
)
def test_a_heading_is_understood(heading: str, meaning: Field | NoField) -> None:
    assert meaning_of(heading) is meaning


def test_every_fact_has_a_name_that_is_understood_again() -> None:
    for field, name in FIELD_NAMES.items():
        assert meaning_of(name) is field, name
