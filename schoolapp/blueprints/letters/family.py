"""The page behind a letter's QR: in the family's language, on any telephone, without scripts and without an account."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from schoolapp import services
from schoolapp.blueprints.letters.routes import bp
from schoolapp.domain.languages import ITALIAN
from schoolapp.domain.letters import bank, numbers
from schoolapp.domain.letters.drafts import FamilyPage
from schoolapp.domain.letters.kinds import ANSWER_SENTENCES, FamilyAnswer
from schoolapp.domain.links import LinkGone
from schoolapp.transaction import transaction
from schoolapp.web import links

GONE = 410


@bp.get("/f/<secret>")
@links.personal
def answer(secret: str) -> ResponseReturnValue:
    """What the paper says, in little, and the three answers. A GET takes none: telephones open links ahead."""
    try:
        page = services.letters.look(secret)
    except LinkGone:
        return _gone()
    return _answer_page(page)


@bp.post("/f/<secret>")
@links.personal
def take_answer(secret: str) -> ResponseReturnValue:
    try:
        given = FamilyAnswer(request.form.get("answer", ""))
    except ValueError:
        try:
            return _answer_page(services.letters.look(secret)), 422
        except LinkGone:
            return _gone()
    try:
        with transaction(None):
            page = services.letters.answer(secret, given)
    except LinkGone:
        return _gone()
    return _told("page_thanks", page.language, given)


def _answer_page(page: FamilyPage) -> str:
    return render_template(
        "letters/answer.html",
        page=page,
        **_words(page.language),
        day=numbers.written_day(page.day, page.language),
        answers=ANSWER_SENTENCES,
    )


def _told(sentence: str, language: str, given: FamilyAnswer | None = None) -> str:
    answer = ANSWER_SENTENCES[given] if given else ""
    return render_template("letters/told.html", sentence=sentence, answer=answer, **_words(language))


def _gone() -> ResponseReturnValue:
    """The same for a link that is used, over or made up, in the language of the telephone where we write it."""
    languages = {bank.language_tag(code): code for code in bank.LETTER_LANGUAGES}
    best = request.accept_languages.best_match(languages) or ITALIAN
    return _told("page_over", languages.get(best, ITALIAN)), GONE


def _words(language: str) -> dict[str, object]:
    """The sentences of the bank in the family's language and in Italian, and how that language is written."""
    return {
        "say": bank.SENTENCES[language],
        "italian": bank.SENTENCES[ITALIAN],
        "tag": bank.language_tag(language),
        "direction": bank.reading_direction(language).value,
        "translated": language != ITALIAN,
    }
