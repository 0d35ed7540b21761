"""A school's list of pupils, in four steps: file, columns, check, done."""

from contextlib import closing

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from schoolapp import clock, queries, services
from schoolapp.blueprints.imports import check
from schoolapp.blueprints.imports.forms import UploadForm, columns_form, meanings
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.tables import Table, cell_text
from schoolapp.exchange.line_errors import line_errors_csv
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation
from schoolapp.web.wording import sentence_of, translate

bp = Blueprint("imports", __name__)

_EXAMPLES = 3


@bp.route("/pupils/imports", methods=["GET", "POST"])
@access.requires(Permission.PUPILS_IMPORT)
def index() -> ResponseReturnValue:
    """Step 1: the file; and the lists brought in before."""
    actor = access.signed_in_user()
    institutes = [(institute.id, institute.name) for institute in queries.imports.list_institutes(actor)]
    form = UploadForm(institutes)
    if form.validate_on_submit():
        try:
            with transaction(actor):
                pupil_import = services.imports.upload(
                    institute_id=form.institute.data if form.institute else institutes[0][0],
                    user_id=actor.user_id,
                    filename=form.file.data.filename or "",
                    content=_content(form.file.data),
                    now=clock.now(),
                    today=clock.today(),
                )
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            return redirect(url_for(".columns", import_id=pupil_import.id), 303)
    recent = queries.imports.list_recent(actor)
    return render_template("imports/index.html", form=form, recent=recent), 422 if form.errors else 200


def _content(uploaded: FileStorage) -> bytes:
    with closing(uploaded):
        content: bytes = uploaded.read()
    return content


@bp.route("/pupils/imports/<int:import_id>/columns", methods=["GET", "POST"])
@access.requires(Permission.PUPILS_IMPORT)
def columns(import_id: int) -> ResponseReturnValue:
    """Step 2: what each column holds."""
    actor = access.signed_in_user()
    pupil_import = queries.imports.get(actor, import_id)
    if pupil_import.applied_at is not None:
        return redirect(url_for(".show", import_id=import_id), 303)
    open_ = services.import_plans.open_list(pupil_import, today=clock.today())
    form = columns_form(open_.layout)
    if form.validate_on_submit():
        try:
            with transaction(actor):
                services.imports.set_columns(
                    pupil_import,
                    meanings=meanings(form),
                    today=clock.today(),
                    first_row_is_header="first_row" in form and form["first_row"].data,
                )
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            return redirect(url_for(".check_list", import_id=import_id), 303)
    page = render_template(
        "imports/columns.html",
        form=form,
        pupil_import=pupil_import,
        table=open_.table,
        first_row=" · ".join(cell_text(cell) for cell in open_.table.rows[0].cells if cell is not None),
        examples=_examples(open_.table, open_.layout.header_line or 0),
    )
    return page, 422 if form.errors else 200


def _examples(table: Table, header_line: int) -> list[list[str]]:
    """The first values of each column under the header."""
    body = [row for row in table.rows if row.number > header_line]
    columns = [[cell_text(row.cells[at]) for row in body if row.cells[at] is not None] for at in range(table.width)]
    return [values[:_EXAMPLES] for values in columns]


@bp.route("/pupils/imports/<int:import_id>/check", methods=["GET", "POST"])
@access.requires(Permission.PUPILS_IMPORT)
def check_list(import_id: int) -> ResponseReturnValue:
    """Step 3: errors, questions, what would change. A POST keeps the answers."""
    actor = access.signed_in_user()
    pupil_import = queries.imports.get(actor, import_id)
    if pupil_import.applied_at is not None:
        return redirect(url_for(".show", import_id=import_id), 303)
    try:
        plan = services.import_plans.plan(pupil_import, today=clock.today())
    except RuleViolation as violation:
        flash(sentence_of(violation), "warning")
        return redirect(url_for(".columns", import_id=import_id), 303)
    shown = check.read(actor, pupil_import.institute_id, plan)
    if shown.form.validate_on_submit():
        answers = shown.form.answers()
        with transaction(actor):
            services.imports.decide(pupil_import, answers=answers)
        if not shown.form.errors:
            return redirect(url_for(".check_list", import_id=import_id), 303)
    page = render_template(
        "imports/check.html",
        pupil_import=pupil_import,
        shown=shown,
        form=shown.form,
        plan=plan,
        seen=services.import_plans.seen_mark(pupil_import),
    )
    return page, 422 if shown.form.errors else 200


@bp.post("/pupils/imports/<int:import_id>/ask-again")
@access.requires(Permission.PUPILS_IMPORT)
def ask_again(import_id: int) -> ResponseReturnValue:
    """Forget what was answered for what stands in this list."""
    actor = access.signed_in_user()
    pupil_import = queries.imports.get(actor, import_id)
    if pupil_import.applied_at is not None:
        return redirect(url_for(".show", import_id=import_id), 303)
    try:
        with transaction(actor):
            services.imports.forget_answers(pupil_import, today=clock.today())
    except RuleViolation as violation:  # no column holds the names yet
        flash(sentence_of(violation), "warning")
    return redirect(url_for(".check_list", import_id=import_id), 303)


@bp.post("/pupils/imports/<int:import_id>/apply")
@access.requires(Permission.PUPILS_IMPORT)
def apply(import_id: int) -> ResponseReturnValue:
    """Save the list: all of it or nothing."""
    actor = access.signed_in_user()
    pupil_import = queries.imports.get(actor, import_id)
    try:
        with transaction(actor):
            services.import_changes.apply(
                pupil_import, now=clock.now(), today=clock.today(), seen=request.form.get("seen", "")
            )
    except RuleViolation as violation:
        flash(sentence_of(violation), "error")
        return redirect(url_for(".check_list", import_id=import_id), 303)
    return redirect(url_for(".show", import_id=import_id), 303)


@bp.get("/pupils/imports/<int:import_id>")
@access.requires(Permission.PUPILS_IMPORT)
def show(import_id: int) -> ResponseReturnValue:
    """Step 4: what was done, and the way back."""
    pupil_import = queries.imports.get(access.signed_in_user(), import_id)
    if pupil_import.applied_at is None:
        return redirect(url_for(".check_list", import_id=import_id), 303)
    may_undo = services.import_undoing.may_be_undone(pupil_import)
    return render_template("imports/show.html", pupil_import=pupil_import, may_undo=may_undo)


@bp.post("/pupils/imports/<int:import_id>/undo")
@access.requires(Permission.PUPILS_IMPORT)
def undo(import_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    pupil_import = queries.imports.get(actor, import_id)
    try:
        with transaction(actor):
            services.import_undoing.undo(pupil_import, now=clock.now())
    except RuleViolation as violation:
        flash(sentence_of(violation), "error")
    else:
        flash(_("Importazione annullata. Gli alunni sono com’erano prima."), "success")
    return redirect(url_for(".show", import_id=import_id), 303)


@bp.post("/pupils/imports/<int:import_id>/drop")
@access.requires(Permission.PUPILS_IMPORT)
def drop(import_id: int) -> ResponseReturnValue:
    """Leave it: nothing of the list is saved, and the file goes."""
    actor = access.signed_in_user()
    pupil_import = queries.imports.get(actor, import_id)
    try:
        with transaction(actor):
            services.imports.drop(pupil_import)
    except RuleViolation as violation:
        flash(sentence_of(violation), "error")
        return redirect(url_for(".show", import_id=import_id), 303)
    flash(_("Elenco lasciato stare. Non abbiamo salvato nulla."), "info")
    return redirect(url_for(".index"), 303)


@bp.get("/pupils/imports/<int:import_id>/errors.csv")
@access.requires(Permission.PUPILS_IMPORT)
def errors(import_id: int) -> ResponseReturnValue:
    """The lines to correct, as a file."""
    pupil_import = queries.imports.get(access.signed_in_user(), import_id)
    if pupil_import.applied_at is not None:
        return redirect(url_for(".show", import_id=import_id), 303)
    try:
        plan = services.import_plans.plan(pupil_import, today=clock.today())
    except RuleViolation:  # no column holds the names yet
        return redirect(url_for(".columns", import_id=import_id), 303)
    content = line_errors_csv(
        (_("Riga"), _("Che cosa correggere"), _("Nel file c’è")),
        [(error.line, translate(error.sentence), error.raw) for error in plan.errors],
    )
    name = f"{_('righe-da-correggere')}.csv"
    return Response(content, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})
