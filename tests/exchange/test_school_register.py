"""The Ministry's register of schools, state and paritarie, as published."""

from pathlib import Path

import pytest

from schoolapp.domain.errors import RuleViolation
from schoolapp.exchange.schools import MAX_BYTES, SchoolRecord, read_schools

SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"

HEADER = (
    "ANNOSCOLASTICO,REGIONE,PROVINCIA,CODICEISTITUTORIFERIMENTO,DENOMINAZIONEISTITUTORIFERIMENTO,CODICESCUOLA,"
    "DENOMINAZIONESCUOLA,INDIRIZZOSCUOLA,CAPSCUOLA,CODICECOMUNESCUOLA,DESCRIZIONECOMUNE,"
    "DESCRIZIONETIPOLOGIAGRADOISTRUZIONESCUOLA,INDICAZIONESEDEDIRETTIVO,INDIRIZZOEMAILSCUOLA,INDIRIZZOPECSCUOLA\n"
)
INSTITUTE = '202526,LOMBARDIA,SONDRIO,SOIC000001,"VALLE ALTA, ""CENTRO""",'
STATE = (
    HEADER
    + f'{INSTITUTE}SOIC000001,"VALLE ALTA, ""CENTRO""","VIA ROMA, 3",23100,I829,SONDRIO,ISTITUTO COMPRENSIVO,SI,'
    + "a@example.org,Non Disponibile\n"
    + f"{INSTITUTE}SOEE000001,PRIMARIA  DI   MEZZO,Non Disponibile,23100,I829,SONDRIO,SCUOLA PRIMARIA,NO,"
    + "Non Disponibile,Non Disponibile\n"
    + "202526,VALLE D' AOSTA,AOSTA,AOIC000001,GIANNI,AOEE000001,SANT’ORSO,VIA PÒ,11010,H674,SAINT-PIERRE,"
    + "SCUOLA PRIMARIA,NO,,\n"
)
PARITARIE = (
    "ANNOSCOLASTICO,REGIONE,PROVINCIA,CODICESCUOLA,DENOMINAZIONESCUOLA\n"
    "202526,LOMBARDIA,SONDRIO,so1a000001,ASILO DELLA VALLE\n"
)


def records(text: str, province: str | None = None) -> list[SchoolRecord]:
    return list(read_schools(text.encode(), province=province))


def test_a_file_that_is_no_register_at_all_is_not_read() -> None:
    with pytest.raises(RuleViolation, match="supera 100 MB"):
        list(read_schools(bytes(MAX_BYTES + 1)))


def test_a_head_office_and_its_schools_are_told_apart() -> None:
    office, school = records(STATE, province="Sondrio")
    assert (office.code, office.institute_code, office.is_head_office) == ("SOIC000001", "SOIC000001", True)
    assert (school.code, school.institute_code, school.is_head_office) == ("SOEE000001", "SOIC000001", False)
    assert (school.school_year, school.comune_code, school.comune_name) == ("2025/26", "I829", "SONDRIO")
    assert (school.name, school.institute_name) == ("PRIMARIA DI MEZZO", 'VALLE ALTA, "CENTRO"')


def test_not_available_means_nothing() -> None:
    _office, school = records(STATE, province="SO")
    assert (school.address, school.email, school.certified_email, school.website) == (None, None, None, None)


@pytest.mark.parametrize(
    ("province", "expected", "remark"),
    [
        (None, 3, "all of Italy"),
        ("SO", 2, "as the codes begin"),
        ("so", 2, "case does not matter"),
        ("SONDRIO", 2, "by name"),
        ("Aosta", 1, "another province"),
        ("Milano", 0, "a province the file does not have"),
    ],
)
def test_one_province_can_be_chosen(province: str | None, expected: int, remark: str) -> None:
    assert len(records(STATE, province)) == expected, remark


def test_a_paritaria_is_an_institute_of_its_own() -> None:
    (school,) = records(PARITARIE)
    assert (school.code, school.institute_code) == ("SO1A000001", "SO1A000001")
    assert school.institute_name == "ASILO DELLA VALLE"
    assert school.is_head_office
    assert not school.is_state


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encoding_and_separator_do_not_matter(encoding: str) -> None:
    content = PARITARIE.replace(",", ";").replace("ASILO", "Asilò").encode(encoding)
    assert next(read_schools(content)).name == "Asilò DELLA VALLE"


@pytest.mark.parametrize(
    ("text", "words", "remark"),
    [
        ("Cognome;Nome\nFall;Awa\n", "CODICESCUOLA", "a list of pupils"),
        ("", "CODICESCUOLA", "an empty file"),
        (PARITARIE + "202526,LOMBARDIA,SONDRIO,,SENZA CODICE\n", "Riga 3: manca il codice", "a school without a code"),
        (PARITARIE + "202526,LOMBARDIA,SO\n", "Riga 3: ha 3 colonne invece di 5", "a download that broke off"),
        (PARITARIE + "\x00", "non è un elenco", "not a text"),
    ],
)
def test_what_is_not_the_register_gets_a_sentence(text: str, words: str, remark: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        records(text)
    assert words in str(refusal.value), remark


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "province", "expected"),
    [
        ("SCUANAGRAFEPAR20232420230901.csv", "SO", 29),
        ("SCUANAGRAFEPAR20232420230901.csv", None, 11_870),
        ("SCUANAAUTSTAT20232420230901.csv", "BOLZANO", 554),
    ],
)
def test_the_published_files_are_read(name: str, province: str | None, expected: int) -> None:
    if not (SHARED / name).exists():
        pytest.skip("the published register is not here")
    schools = list(read_schools((SHARED / name).read_bytes(), province=province))
    assert len(schools) == expected
    assert all(len(school.code) == len(school.institute_code) == 10 for school in schools)
