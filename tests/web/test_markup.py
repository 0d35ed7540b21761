"""Whatever a page shows is text, unless it was made as markup."""

from enum import StrEnum
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask_babel import lazy_gettext
from jinja2 import DictLoader, Environment, UndefinedError, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from schoolapp.web.markup import CompiledTemplates

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


def started(folder: Path, source: str) -> tuple[str, int]:
    """What a process that starts anew shows of a template, and how many it had to compile for that."""
    compiled: list[str | None] = []

    class Noted(CodeGenerator):
        def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
            compiled.append(self.name)
            super().visit_Template(node, frame)

    class Noting(Environment):
        code_generator_class = Noted

    environment = Noting(loader=DictLoader({"page.html": source}), bytecode_cache=CompiledTemplates(str(folder)))
    return environment.get_template("page.html").render(), len(compiled)


def test_a_template_is_compiled_once_and_again_when_it_is_changed(tmp_path: Path) -> None:
    assert started(tmp_path, "Oggi") == ("Oggi", 1)
    assert started(tmp_path, "Oggi") == ("Oggi", 0)
    assert started(tmp_path, "Domani") == ("Domani", 1)


def test_templates_are_compiled_anew_by_another_compiler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started(tmp_path, "Oggi")
    monkeypatch.setattr(CompiledTemplates, "compiler", "a newer one")
    assert started(tmp_path, "Oggi") == ("Oggi", 1)


def test_what_cannot_be_kept_or_read_is_compiled_and_no_error(tmp_path: Path) -> None:
    assert started(tmp_path / "not there", "Oggi") == ("Oggi", 1)
    started(tmp_path, "Oggi")
    for kept in tmp_path.iterdir():
        kept.write_bytes(b"half a f")
    assert started(tmp_path, "Oggi") == ("Oggi", 1)
