"""The register of a lesson: the roll call, the signature, the pupil who is not on the list."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from schoolapp import clock, queries, services
from schoolapp.blueprints.attendance import forms, words
from schoolapp.domain.attendance import ABSENCE_REASON_NAMES
from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.permissions import Permission
from schoolapp.domain.roll_call import ACTIVITIES, Merged, RollCall
from schoolapp.transaction import transaction
from schoolapp.web import access, formats
from schoolapp.web.wording import sentence_of

bp = Blueprint("attendance", __name__)


@bp.get("/lessons/<int:lesson_id>/register")
@access.requires(Permission.LESSONS_READ)
def register(lesson_id: int) -> ResponseReturnValue:
    call = queries.roll_call.get(access.signed_in_user(), lesson_id)
    return _page(call, forms.kept_rows(call))


@bp.post("/lessons/<int:lesson_id>/register")
@access.requires(Permission.LESSONS_RECORD)
def save_register(lesson_id: int) -> ResponseReturnValue:
    actor = access.signed_in_user()
    action = _action()
    now = clock.local_now()
    try:
        with transaction(actor):
            sent = forms.read(request.form)
            act = services.attendance.sign if action == "sign" else services.attendance.record
            merged = act(actor, lesson_id=lesson_id, sent=sent, now=now)
            if action == "propose":
                services.attendance.propose_unlisted(
                    actor,
                    lesson_id=lesson_id,
                    name=request.form.get("unlisted_name", ""),
                    class_name=request.form.get("unlisted_class", ""),
                    now=now,
                )
    except RuleViolation as violation:
        return _refused(lesson_id, violation)
    if _wants_json():
        return _saved(merged)
    if merged.conflicts:
        call = queries.roll_call.get(actor, lesson_id)
        return _page(call, forms.rows_with_conflicts(call, request.form, merged.conflicts)), 409
    if action == "propose":
        flash(_("Segnalazione inviata. La scuola la trova nella pagina Oggi."), "success")
    elif action != "sign":
        flash(
            ngettext(
                "Presenze salvate. %(num)s alunno, lezione delle %(start)s.",
                "Presenze salvate. %(num)s alunni, lezione delle %(start)s.",
                merged.facts.marked,
                start=formats.clock_time(merged.facts.start),
            ),
            "success",
        )
    return redirect(url_for(".register", lesson_id=lesson_id, _anchor="signed" if action == "sign" else None), 303)


def _action() -> str:
    """save, sign or propose. Enter in the name of an unlisted pupil means to propose, whatever button is the first."""
    action = request.form.get("action", "save")
    if action == "save" and not _wants_json() and request.form.get("unlisted_name", "").strip():
        return "propose"
    return action


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _saved(merged: Merged) -> ResponseReturnValue:
    """What the script needs to go on: stamps of the marks as they are kept, and what two people disagree on."""
    conflicts = [
        {
            "pupil": conflict.pupil_id,
            "mine": conflict.mine.status,
            "theirs": conflict.kept.value.status,
            "code": conflict.mine.code,
            "stamp": conflict.kept.stamp,
            "minutes": conflict.kept.value.missed_minutes,
            "reason": conflict.kept.value.reason,
            "author": conflict.kept.author,
            "at": formats.instant_time(conflict.kept.at),
        }
        for conflict in merged.conflicts
    ]
    answer = jsonify(
        saved=formats.instant_time(clock.now()),
        stamps=merged.stamps,
        topic=merged.topic,
        activities=merged.activities,
        conflicts=conflicts,
    )
    return answer, 409 if conflicts else 200


def _refused(lesson_id: int, violation: RuleViolation) -> ResponseReturnValue:
    """The page drawn again with the sentence where it belongs and everything that was typed."""
    sentence = sentence_of(violation)
    if _wants_json():
        return jsonify(message=sentence, field=violation.field), 422
    call = queries.roll_call.get(access.signed_in_user(), lesson_id)
    return _page(call, forms.typed_rows(call, request.form), forms.refusal_of(violation, sentence)), 422


def _page(call: RollCall, rows: list[forms.DrawnRow], refusal: forms.Refusal | None = None) -> str:
    now = clock.local_now()
    facts = call.facts
    if facts.signed or facts.cancelled or not call.may_record or facts.day > now.date():
        return render_template(
            "attendance/closed.html",
            call=call,
            form=refusal,
            today=now.date(),
            reason_names=ABSENCE_REASON_NAMES,
            mark_words=words.mark_words,
        )
    return render_template(
        "attendance/register.html",
        call=call,
        rows=rows,
        form=refusal,
        fields=forms.drawn_fields(call, request.form if request.method == "POST" else None),
        activities=ACTIVITIES,
        totals=words.totals(rows),
        words=words.words(),
        script_words=words.script_words(),
        now=now,
        today=now.date(),
    )
