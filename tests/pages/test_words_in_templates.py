"""Sentences in templates: translated, filled and escaped."""

import pytest
from flask import Flask, render_template_string, session

from schoolapp.web import translations


@pytest.mark.parametrize(
    ("source", "shown", "remark"),
    [
        ('{{ _("Aiuto") }}', "Aiuto", "a plain word"),
        ('{{ _("Pagina %(page)s di %(last)s", page=1, last=7) }}', "Pagina 1 di 7", "with values"),
        ('{{ _("Ciao %(name)s", name="<b>Ada</b>") }}', "Ciao &lt;b&gt;Ada&lt;/b&gt;", "a value is escaped"),
        ('{{ _("soglia del 70 %%") }}', "soglia del 70 %", "a percent sign is written twice"),
        ('{{ ngettext("%(num)s alunno", "%(num)s alunni", 1) }}', "1 alunno", "one"),
        ('{{ ngettext("%(num)s alunno", "%(num)s alunni", 3) }}', "3 alunni", "several"),
    ],
)
def test_a_sentence_is_filled_and_its_values_are_escaped(app: Flask, source: str, shown: str, remark: str) -> None:
    with app.test_request_context():
        assert render_template_string(source) == shown, remark


def test_the_words_follow_the_language_of_each_request(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    class English(translations.NullTranslations):
        def ugettext(self, message: str) -> str:
            return {"Aiuto": "Help"}.get(message, message)

    monkeypatch.setitem(translations._words, "en", translations.Words(English()))
    for language, word in [("en", "Help"), ("it", "Aiuto"), ("en", "Help")]:
        with app.test_request_context():
            session["language"] = language
            assert render_template_string('{{ _("Aiuto") }}') == word
