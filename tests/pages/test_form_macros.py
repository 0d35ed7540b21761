"""What the form macros draw: label, hint, error and control belong together, and the box on top finds them."""

import pytest
from flask import Flask, render_template_string
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired

from tests.support.page import Browser, Node, Page

SOURCE = """
{% extends "layout.html" %}
{% from "macros/forms.html" import error_summary, field, submit %}
{% block title %}Apri un laboratorio{% endblock %}
{% block content %}
  {{ error_summary(form) }}
  <form method="post" novalidate>
    <input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
    {{ field(form.title) }}{{ field(form.minutes, hint="Per esempio 60.", size="short", inputmode="numeric") }}
    {{ field(form.kind) }}{{ field(form.level) }}{{ field(form.starts) }}{{ field(form.note) }}
    {{ field(form.secret) }}{{ field(form.own) }}
    {% for slot in form.slots %}{{ field(slot.form.at) }}{% endfor %}
    {{ submit("Apri") }}
  </form>
{% endblock %}
"""


class Slot(Form):
    at = TimeField("Dalle", [InputRequired("Scrivi l’ora d’inizio.")])


class WorkshopForm(FlaskForm):  # type: ignore[misc]
    title = StringField("Nome", [InputRequired("Scrivi il nome.")])
    minutes = IntegerField("Ore previste", [InputRequired("Scrivi quante ore.")])
    kind = RadioField("Tipo", [InputRequired("Scegli il tipo.")], choices=[SelectChoice("a", "Per comunicare")])
    level = SelectField("Livello", choices=[SelectChoice("a1", "A1")])
    starts = DateField("Dal", [InputRequired("Scrivi il primo giorno.")])
    note = TextAreaField("Nota")
    secret = PasswordField("Password")
    own = BooleanField("Solo la mia scuola")
    slots = FieldList(FormField(Slot), min_entries=1)


@pytest.fixture
def refused(app: Flask, browser: Browser) -> Page:
    """The page of a form sent with the name alone."""
    with app.test_request_context(method="POST"):
        form = WorkshopForm(formdata=MultiDict({"title": "A1", "slots-0-at": ""}), meta={"csrf": False})
        assert not form.validate()
        html = render_template_string(SOURCE, form=form)
    return Page(browser, app.response_class(html), "/")


def by_id(page: Page, identity: str) -> Node:
    return next(node for node in page.root.all() if node.get("id") == identity)


def test_the_box_on_top_counts_the_errors_and_links_to_each_field(refused: Page) -> None:
    box = next(node for node in refused.root.all() if node.has_class("error-summary"))
    assert box.all("h2")[0].text == "Ci sono 5 cose da correggere"
    assert [link.get("href") for link in box.all("a")] == ["#minutes", "#kind-0", "#level", "#starts", "#slots-0-at"]
    for link in box.all("a"):
        assert by_id(refused, link.get("href")[1:]).tag in {"input", "select"}


def test_a_title_with_errors_begins_with_the_word(refused: Page) -> None:
    assert refused.title == "Errore: Apri un laboratorio · Laboratori di italiano L2"


def test_a_wrong_field_is_marked_and_tied_to_its_hint_and_sentence(refused: Page) -> None:
    control = by_id(refused, "minutes")
    assert control.get("aria-invalid") == "true"
    assert control.get("aria-describedby") == "minutes-hint minutes-error"
    assert control.get("inputmode") == "numeric"
    assert by_id(refused, "minutes-error").text == "Errore: Scrivi quante ore."


def test_what_was_typed_is_kept_and_a_right_field_is_not_marked(refused: Page) -> None:
    control = by_id(refused, "title")
    assert control.get("value") == "A1"
    assert "aria-invalid" not in control.attributes


def test_only_what_may_stay_empty_says_so(refused: Page) -> None:
    labels = {node.get("for"): node.text for node in refused.main.all("label")}
    assert labels["note"] == "Nota (facoltativo)"
    assert labels["title"] == "Nome"


def test_radios_stand_under_one_question(refused: Page) -> None:
    group = by_id(refused, "kind-0").parent.parent.parent  # type: ignore[union-attr]
    assert group is not None
    assert group.tag == "fieldset"
    assert group.all("legend")[0].text == "Tipo"
    assert group.get("aria-describedby") == "kind-error"
