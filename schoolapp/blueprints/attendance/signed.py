"""What happens to a signed register: corrections with their reason, and the visto of the school in batches."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from schoolapp import clock, queries, services
from schoolapp.blueprints.attendance import forms, words
from schoolapp.blueprints.attendance.routes import bp
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roll_call import ACTIVITIES, RollCall
from schoolapp.transaction import transaction
from schoolapp.web import access
from schoolapp.web.wording import sentence_of


@bp.get("/lessons/<int:lesson_id>/correction")
@access.requires(Permission.LESSONS_CORRECT)
def correct(lesson_id: int) -> ResponseReturnValue:
    call = queries.roll_call.get(access.signed_in_user(), lesson_id)
    if not call.facts.signed or not call.may_correct:
        return redirect(url_for(".register", lesson_id=lesson_id), 303)
    return _correction(call, forms.kept_rows(call))


@bp.post("/lessons/<int:lesson_id>/correction")
@access.requires(Permission.LESSONS_CORRECT)
def save_correction(lesson_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    had_visto = queries.roll_call.get(actor, lesson_id).facts.countersigned
    try:
        with transaction(actor):
            services.attendance.correct(
                actor,
                lesson_id=lesson_id,
                sent=forms.read(request.form),
                reason=request.form.get("reason", ""),
                now=clock.local_now(),
            )
    except RuleViolation as violation:
        refusal = forms.refusal_of(violation, sentence_of(violation))
        call = queries.roll_call.get(actor, lesson_id)
        return _correction(call, forms.typed_rows(call, request.form), refusal), 422
    if had_visto:
        flash(_("Registro corretto. Il visto della scuola è da mettere di nuovo."), "success")
    else:
        flash(_("Registro corretto. Il motivo e il dato vecchio restano visibili."), "success")
    return redirect(url_for(".register", lesson_id=lesson_id), 303)


def _correction(call: RollCall, rows: list[forms.DrawnRow], refusal: forms.Refusal | None = None) -> str:
    return render_template(
        "attendance/correction.html",
        call=call,
        rows=rows,
        form=refusal,
        fields=forms.drawn_fields(call, request.form if request.method == "POST" else None),
        activities=ACTIVITIES,
        words=words.words(),
        script_words=words.script_words(),
        today=clock.today(),
    )


@bp.get("/countersign")
@access.requires(Permission.LESSONS_COUNTERSIGN)
def countersign_list() -> ResponseReturnValue:
    return _waiting()


@bp.post("/countersign")
@access.requires(Permission.LESSONS_COUNTERSIGN)
def countersign() -> ResponseReturnValue:
    actor = access.signed_in_user()
    try:
        with transaction(actor):
            count = services.attendance.countersign(
                actor, lesson_ids=forms.chosen_lessons(request.form), now=clock.local_now()
            )
    except RuleViolation as violation:
        return _waiting(forms.refusal_of(violation, sentence_of(violation))), 422
    flash(ngettext("Visto messo su %(num)s registro.", "Visto messo su %(num)s registri.", count), "success")
    return redirect(url_for(".countersign_list"), 303)


def _waiting(refusal: forms.Refusal | None = None) -> str:
    actor = access.signed_in_user()
    workshop_id, month = request.args.get("workshop", type=int), _month(request.args.get("month"))
    workshops, months = queries.lessons.countersign_choices(actor)
    return render_template(
        "attendance/countersign.html",
        lessons=queries.lessons.to_countersign(actor, workshop_id=workshop_id, month=month),
        page_length=queries.lessons.PAGE_LENGTH,
        workshops=workshops,
        months=months,
        workshop_id=workshop_id,
        month=month,
        form=refusal,
    )


def _month(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        abort(400)
