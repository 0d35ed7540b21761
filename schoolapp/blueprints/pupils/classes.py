"""The classes of the school year, made by hand, and who teaches them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from schoolapp import clock, queries, services
from schoolapp.blueprints.pupils.forms import ClassForm, TeacherForm
from schoolapp.blueprints.pupils.routes import bp
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.school_year import SchoolYear
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.forms import add_violation


@bp.route("/classes", methods=["GET", "POST"])
@access.requires(Permission.PUPILS_MANAGE)
def classes() -> ResponseReturnValue:
    actor = access.signed_in_user()
    today = clock.today()
    form = ClassForm(queries.school_classes.list_sites(actor))
    if form.validate_on_submit():
        site = queries.school_classes.get_site(actor, form.site_id.data)
        try:
            with transaction(actor):
                made = services.school_classes.create(site=site, name=form.name.data or "", on=today)
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Classe aggiunta. Ora scegli i docenti."), "success")
            return redirect(url_for(".school_class", class_id=made.id), 303)
    page = render_template(
        "pupils/classes.html",
        form=form,
        classes=queries.school_classes.list_classes(actor, on=today),
        year=SchoolYear.of(today).label,
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/classes/<int:class_id>")
@access.requires(Permission.PUPILS_MANAGE)
def school_class(class_id: int) -> ResponseReturnValue:
    return _draw(class_id)


@bp.post("/classes/<int:class_id>/teachers")
@access.requires(Permission.PUPILS_MANAGE)
def add_teacher(class_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    found = queries.school_classes.get(actor, class_id)
    form = TeacherForm(queries.school_classes.list_possible_teachers(found, on=clock.today()))
    if form.validate_on_submit():
        try:
            with transaction(actor):
                services.school_classes.add_teacher(found, user_id=form.user_id.data, on=clock.today())
        except RuleViolation as violation:
            add_violation(form, violation)
        else:
            flash(_("Docente aggiunto. Ora vede gli alunni della classe."), "success")
            return redirect(url_for(".school_class", class_id=class_id), 303)
    return _draw(class_id, form), 422


@bp.post("/classes/<int:class_id>/teachers/<int:user_id>/remove")
@access.requires(Permission.PUPILS_MANAGE)
def remove_teacher(class_id: int, user_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    found = queries.school_classes.get(actor, class_id)
    with transaction(actor):
        services.school_classes.remove_teacher(found, user_id=user_id)
    flash(_("Docente tolto. Non vede più gli alunni della classe."), "success")
    return redirect(url_for(".school_class", class_id=class_id), 303)


def _draw(class_id: int, form: TeacherForm | None = None) -> str:
    actor = access.signed_in_user()
    found = queries.school_classes.get(actor, class_id)
    people = queries.school_classes.list_possible_teachers(found, on=clock.today())
    return render_template(
        "pupils/class.html",
        school_class=found,
        site=found.site,
        teachers=queries.school_classes.list_teachers(found),
        possible=people,
        form=form or TeacherForm(people),
    )
