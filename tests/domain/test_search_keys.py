import pytest

from schoolapp.domain.search_keys import search_key


@pytest.mark.parametrize(
    ("text", "key", "remark"),
    [
        ("Niccolò", "niccolo", "an accent"),
        ("Niccolo\u0300", "niccolo", "an accent of its own, as a Mac writes it"),
        ("D’Angelo", "d angelo", "a typographic apostrophe"),
        ("DALL'O'", "dall o", "capitals and apostrophes"),
        ("Flores-Rojas", "flores rojas", "a hyphen"),
        ("  El   Fassi ", "el fassi", "spaces"),
        ("Коваленко", "kovalenko", "Cyrillic"),
        ("Ștefan Çela Øster Güneş", "stefan cela oster gunes", "letters of other alphabets"),
        ("2ª B", "2a b", "an ordinal"),
        ("…", "", "nothing to search by"),
    ],
)
def test_one_spelling_for_a_text_however_it_was_typed(text: str, key: str, remark: str) -> None:
    assert search_key(text) == key, remark
