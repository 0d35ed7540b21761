"""The sentence bank: whole in every language, in its own script, and with a version that a change must raise."""

import json
import unicodedata
from datetime import date, time
from hashlib import sha256

import pytest

from schoolapp.domain.languages import LANGUAGES_BY_CODE
from schoolapp.domain.letters import bank, numbers
from schoolapp.domain.letters.contents import LetterContents
from schoolapp.domain.letters.kinds import FRAMED, LetterKind, body, sentences_of, title
from schoolapp.domain.meetings import MeetingMode
from tests.support.letters import make_letter

ISSUE_LANGUAGES = tuple("it en fr es pt ro sq uk ru mk tr ar ur fa zh hi pa bn ti am wo fil si ta".split())  # noqa: SIM905

SCRIPT_WORDS = {
    "Latn": "LATIN",
    "Cyrl": "CYRILLIC",
    "Arab": "ARABIC",
    "Hans": "CJK UNIFIED",
    "Deva": "DEVANAGARI",
    "Guru": "GURMUKHI",
    "Beng": "BENGALI",
    "Ethi": "ETHIOPIC",
    "Sinh": "SINHALA",
    "Taml": "TAMIL",
}

OTHERS = [language for language in bank.LETTER_LANGUAGES if language != "it"]

FINGERPRINT = "3bb93d14dd587e23"
"""Of version 1 of the bank."""


def own_words(language: str, name: str) -> str:
    return "".join(part.words for part in bank.parts(language, name))


def test_the_bank_has_the_languages_of_the_families() -> None:
    assert bank.LETTER_LANGUAGES == ISSUE_LANGUAGES


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_sentence(language: str) -> None:
    assert list(bank.SENTENCES[language]) == list(bank.SENTENCES["it"])
    assert all(text.strip() == text and text for text in bank.SENTENCES[language].values())


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_values_of_the_italian(language: str) -> None:
    for name in bank.SENTENCES["it"]:
        assert sorted(bank.values_of(language, name)) == sorted(bank.values_of("it", name)), name
        assert not set("{}") & set(own_words(language, name)), name


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_is_written_in_the_script_of_its_language(language: str) -> None:
    script = SCRIPT_WORDS[LANGUAGES_BY_CODE[language].script]
    for name in bank.SENTENCES[language]:
        letters = [sign for sign in own_words(language, name) if unicodedata.category(sign) in {"Lu", "Ll", "Lo"}]
        strangers = {sign for sign in letters if script not in unicodedata.name(sign)}
        assert letters, name
        assert not strangers, (name, strangers)


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_was_left_in_italian(language: str) -> None:
    same = {name for name in bank.SENTENCES[language] if bank.sentence(language, name) == bank.sentence("it", name)}
    assert same <= {"label_time", "label_signature", "label_phone"}  # Ora, Firma, Telefon(o): words they share


@pytest.mark.parametrize("language", bank.LETTER_LANGUAGES)
def test_a_name_follows_a_colon_so_that_nobody_must_bend_it(language: str) -> None:
    for name, text in bank.SENTENCES[language].items():
        for value in ("name", "people", "phone", "day"):
            if value in bank.values_of(language, name):
                before = text.partition("{" + value + "}")[0].rstrip()
                assert before[-1] in ":：፦", (name, text)


def test_a_changed_sentence_has_a_new_version() -> None:
    kept = json.dumps([bank.BANK_VERSION, bank.SENTENCES, sorted(bank.CHANGED.items())], ensure_ascii=False)
    assert sha256(kept.encode()).hexdigest()[:16] == FINGERPRINT, (
        "The bank has changed: raise BANK_VERSION, name the changed sentences in CHANGED, renew the fingerprint."
    )


def test_every_sentence_serves_and_every_served_sentence_is_there() -> None:
    served = set.union(*(set(sentences_of(kind, mode)) for kind in LetterKind for mode in MeetingMode))
    assert served | {"unchecked"} == set(bank.SENTENCES["it"])
    assert set(bank.SENTENCES["it"]) >= FRAMED


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("ar", "ar"),
        ("ary", "ar"),  # speaks Moroccan, reads Arabic
        ("arz", "ar"),
        ("prs", "fa"),
        ("zh", "zh"),
        ("pnb", None),  # one spoken language, two scripts: the school chooses
        ("so", None),
        (None, None),
    ],
)
def test_a_family_gets_the_written_language_of_what_it_speaks(asked: str | None, written: str | None) -> None:
    assert bank.letter_language(asked) == written


def test_a_meeting_on_the_phone_invites_nobody_to_school() -> None:
    assert "invite" not in body(LetterKind.INVITATION, MeetingMode.PHONE)
    assert body(LetterKind.INVITATION, MeetingMode.PHONE)[:3] == ("greeting", "talk", "by_phone")
    assert body(LetterKind.MOVED, MeetingMode.VIDEO)[:3] == ("greeting", "moved", "by_video")


def test_each_letter_begins_with_the_greeting_under_its_title() -> None:
    for kind in LetterKind:
        assert body(kind)[0] == "greeting"
        assert title(kind) in bank.SENTENCES["it"]


def test_what_is_not_known_is_not_said() -> None:
    letter = make_letter(people="", minutes=None)
    assert {"from_school", "lasts"}.isdisjoint(letter.body())
    assert "workshop_times" not in make_letter(LetterKind.WORKSHOP, slots=()).body()


def test_a_letter_reads_back_as_it_was_kept() -> None:
    for kind in LetterKind:
        letter = make_letter(kind)
        assert LetterContents.from_json(json.loads(json.dumps(letter.to_json()))) == letter
    with pytest.raises(ValueError, match="version 2"):
        LetterContents.from_json({**make_letter().to_json(), "version": 2})


def test_names_are_values_of_their_own_without_hidden_signs() -> None:
    letter = make_letter(first_name="Ya\u202esmine", last_name="El\tAmrani")
    words = letter.said("invite", "ar")
    name = next(piece for piece in words if piece.value)
    assert (name.text, name.foreign) == ("Ya smine El Amrani", True)
    assert [piece.text for piece in letter.said("invite", "it") if piece.value] == ["Ya smine El Amrani", "2A"]


def test_a_chinese_name_is_written_as_there() -> None:
    assert make_letter(first_name="伟", last_name="陈").name == "陈伟"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("it", "giovedì 14 gennaio 2027"),
        ("en", "Thursday, 14 January 2027"),
        ("ar", "الخميس، 14 يناير 2027"),
        ("fa", "پنجشنبه ۱۴ ژانویهٔ ۲۰۲۷"),
        ("bn", "বৃহস্পতিবার, ১৪ জানুয়ারী, ২০২৭"),
        ("zh", "2027年1月14日星期四"),
        ("ti", "ሓሙስ፣ 14 ጥሪ 2027"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(language: str, written: str) -> None:
    assert numbers.written_day(date(2027, 1, 14), language).replace(",", "") == written.replace(",", "")


def test_numbers_have_the_digits_of_the_language() -> None:
    assert [numbers.written_number(60, language) for language in ("it", "bn", "fa", "ar")] == ["60", "৬০", "۶۰", "60"]


@pytest.mark.parametrize("language", bank.LETTER_LANGUAGES)
def test_weekdays_are_named_in_the_language_whichever_was_asked_before(language: str) -> None:
    numbers.written_times([(0, time(10, 30), time(12, 0))], "ur")
    written = numbers.written_times([(weekday, time(10, 30), time(12, 0)) for weekday in range(7)], language)
    letters = [sign for sign in written if unicodedata.category(sign) in {"Lu", "Ll", "Lo"}]
    script = SCRIPT_WORDS[LANGUAGES_BY_CODE[language].script]
    assert all(script in unicodedata.name(sign) for sign in letters)
    assert written.count("10:30") == 7


def test_a_sentence_that_ends_with_a_day_has_one_full_stop() -> None:
    for language in ("uk", "ru", "mk"):
        said = "".join(piece.text for piece in make_letter(language=language).said("reply_by", language))
        assert said.endswith(".")
        assert not said.endswith("..")
