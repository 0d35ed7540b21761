"""The sentences of our letters, which mediators confirm one by one in the languages they speak."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.letters.routes import bp
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.letters import bank
from schoolapp.domain.permissions import Permission
from schoolapp.domain.wording import N_
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.wording import sentence_of

VALUE_NAMES = {
    "name": N_("nome"),
    "class": N_("classe"),
    "people": N_("nome"),
    "phone": N_("telefono"),
    "minutes": N_("numero"),
    "day": N_("giorno"),
    "times": N_("giorni e ore"),
}
"""What stands in a sentence where each letter has its own words."""


@bp.get("/translations")
@access.requires(Permission.TRANSLATIONS_CHECK)
def translations() -> ResponseReturnValue:
    found = queries.sentences.page(access.signed_in_user(), request.args.get("language"))
    return render_template(
        "letters/translations.html",
        found=found,
        values=VALUE_NAMES,
        tag=bank.language_tag(found.language) if found else "",
        direction=bank.reading_direction(found.language).value if found else "",
    )


@bp.post("/translations")
@access.requires(Permission.TRANSLATIONS_CHECK)
def check() -> ResponseReturnValue:
    """Confirm one sentence, or take its confirmation back. A language that is not the person's does not exist."""
    actor = access.signed_in_user()
    language, name = request.form.get("language", ""), request.form.get("sentence", "")
    version = request.form.get("version", 0, type=int)
    queries.sentences.page(actor, language)
    try:
        with transaction(actor):
            if request.form.get("action") == "take_back":
                services.sentences.take_back(language, name, version=version)
            else:
                services.sentences.check(language, name, version=version, by_id=actor.user_id, at=clock.now())
    except RuleViolation as violation:
        flash(sentence_of(violation), "warning")
    else:
        taken_back = request.form.get("action") == "take_back"
        flash(_("Conferma tolta.") if taken_back else _("Frase confermata."), "success")
    return redirect(url_for("letters.translations", language=language, _anchor=_after(language, name)), 303)


def _after(language: str, name: str) -> str:
    """The sentence to read next."""
    names = list(bank.SENTENCES[language])
    following = names.index(name) + 1 if name in names else 0
    return names[min(following, len(names) - 1)]
