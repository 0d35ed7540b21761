"""Names of schools: from the capitals of the Ministry's register to what a person writes."""

import pytest

from schoolapp.domain.school_names import school_name


@pytest.mark.parametrize(
    ("text", "name", "remark"),
    [
        ('I.C. "PAESI OROBICI"', "I.C. «Paesi Orobici»", "initials and quotation marks"),
        ("IC PAESI OROBICI", "IC Paesi Orobici", "an acronym without dots"),
        ("CPIA 1 SONDRIO", "CPIA 1 Sondrio", "a number stays"),
        ('ITI "E. MATTEI"', "ITI «E. Mattei»", "the initial of a first name"),
        ('IIS "B.PINCHETTI"', "IIS «B. Pinchetti»", "no space after the initial"),
        ("I.C. G.B.TIEPOLO", "I.C. G.B. Tiepolo", "two initials stay together"),
        ("GIOVANNI XXIII", "Giovanni XXIII", "a Roman numeral"),
        ("PIO X", "Pio X", "a Roman numeral of one sign"),
        ("SCUOLA SECONDARIA I GRADO", "Scuola secondaria I grado", "first grade, not an article"),
        ("CHIESA IN VALMALENCO", "Chiesa in Valmalenco", "a preposition"),
        ("SCUOLA DELL'INFANZIA DI TALAMONA", "Scuola dell’infanzia di Talamona", "an apostrophe"),
        ("FRANCESCO D'ASSISI", "Francesco d’Assisi", "a short preposition"),
        ("SANT'ANNA", "Sant’Anna", "both parts have a capital"),
        ("L'ALBERO DELLA VITA", "L’Albero della Vita", "an article that begins the name"),
        ('SCUOLA MATERNA "LA GIOIA"', "Scuola materna «La Gioia»", "an article that begins what is quoted"),
        ("SACRO CUORE DI GESU'", "Sacro Cuore di Gesù", "an accent typed as an apostrophe"),
        ("S. NICOLO' VALFURVA", "S. Nicolò Valfurva", "the same inside"),
        ("CA' DEL BOSCO", "Ca’ del Bosco", "a word that is really cut"),
        ('SC.MATERNA"DON BOSCO"- COMUNALE', "Sc. materna «Don Bosco» - Comunale", "signs without spaces"),
        ('LICEO "DON PRIMO MAZZOLARI"', "Liceo «Don Primo Mazzolari»", "a first name that is a number too"),
        ("CORNAIANO/GIRLAN", "Cornaiano/Girlan", "two languages"),
        ('"SACRO CUORE"', "«Sacro Cuore»", "all of it quoted"),
        ('ASILO "SAN GIUSEPPE', "Asilo San Giuseppe", "a quotation mark without its pair"),
        ("  ADA   NEGRI ", "Ada Negri", "spaces"),
        ("Il Villaggio dei Puffi", "Il Villaggio dei Puffi", "already written by a person"),
        ("Scuola primaria PICCOLA CASA", "Scuola primaria PICCOLA CASA", "a person's own capitals"),
        ("IC Sondrio «Paesi Orobici»", "IC Sondrio «Paesi Orobici»", "ours already"),
        ("", "", "nothing"),
    ],
)
def test_a_name_is_written_as_a_person_would(text: str, name: str, remark: str) -> None:
    assert school_name(text) == name, remark


def test_a_written_name_stays_as_it_is() -> None:
    for text in ('I.C. "PAESI OROBICI"', "SCUOLA DELL'INFANZIA PARITARIA \"S. NICOLO' VALFURVA\"", "SANT'ANNA"):
        assert school_name(school_name(text)) == school_name(text)
