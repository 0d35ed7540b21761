"""Whatever a page shows is text, unless it was made as markup."""

from enum import StrEnum

import pytest
from flask import Flask, render_template_string
from flask_babel import lazy_gettext
from jinja2 import UndefinedError
from markupsafe import Markup, escape

DANGER = '<script>"O\'Neill" & co.</script>'


class Word(StrEnum):
    BOLD = "<b>"


class Named(str):
    """A text that is a little more than a text."""


class Drawn:
    def __html__(self) -> str:
        return "<svg>"


@pytest.mark.parametrize(
    "value",
    [DANGER, Named(DANGER), Word.BOLD, 7, True, 1.5, None, ["<b>"], Markup("<b>"), Drawn(), lazy_gettext("Oggi")],
)
def test_a_value_stands_in_a_page_as_the_library_would_write_it(app: Flask, value: object) -> None:
    with app.test_request_context():
        assert render_template_string("{{ value }}", value=value) == str(escape(value))
        assert render_template_string("{{ value }}{{ value }}", value=value) == str(escape(value)) * 2


@pytest.mark.parametrize(
    "source",
    [
        "{{ value }}",
        "{% macro said(it) %}{{ it }}{% endmacro %}{{ said(value) }}",
        "{% set kept %}{{ value }}{% endset %}{{ kept }}",
        "{% for it in [value] %}{{ it }}{% endfor %}",
        "{{ value ~ '' }}",
        "{% filter trim %}{{ value }}{% endfilter %}",
        "{% macro said() %}{{ caller(value) }}{% endmacro %}{% call (it) said() %}{{ it }}{% endcall %}",
        "{{ _('%(name)s', name=value) }}",
    ],
)
def test_a_text_of_a_person_never_becomes_markup(app: Flask, source: str) -> None:
    with app.test_request_context():
        assert render_template_string(source, value=DANGER) == str(escape(DANGER))


def test_a_name_nobody_gave_is_an_error_and_no_gap(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(UndefinedError):
        render_template_string("{{ nobody_gave_this }}")
