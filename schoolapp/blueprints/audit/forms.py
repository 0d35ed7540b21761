"""The filters of the register of changes; what is not among the choices counts as not chosen."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import Optional

from schoolapp.domain.accounts import Place
from schoolapp.domain.audit import AuditFilter
from schoolapp.domain.audit_words import SUBJECTS
from schoolapp.web.forms import DayField, SelectChoice, SelectField
from schoolapp.web.translations import lazy_gettext as _
from schoolapp.web.translations import plain_gettext


class AuditForm(FlaskForm):
    class Meta:
        csrf = False

    author = SelectField(_("Chi"), validators=[Optional()], default="")
    subject = SelectField(_("Che cosa"), validators=[Optional()], default="")
    first_day = DayField(_("Dal"), validators=[Optional()])
    last_day = DayField(_("Fino al"), validators=[Optional()])
    corrections = BooleanField(_("Solo le correzioni dopo la firma"), validators=[Optional()])

    def __init__(self, authors: tuple[Place, ...], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.author.choices = [
            SelectChoice("", plain_gettext("tutti")),
            *(SelectChoice(str(author.id), author.name) for author in authors),
        ]
        self.subject.choices = [
            SelectChoice("", plain_gettext("tutto")),
            *(SelectChoice(subject, plain_gettext(words)) for subject, words in SUBJECTS.items()),
        ]
        self.known_authors = {str(author.id): author.id for author in authors}

    def wanted(self, *, subject_id: int | None) -> AuditFilter:
        subject = self.subject.data if self.subject.data in SUBJECTS else None
        return AuditFilter(
            author_id=self.known_authors.get(self.author.data or ""),
            subject=subject,
            subject_id=subject_id if subject is not None else None,
            first_day=self.first_day.data,
            last_day=self.last_day.data,
            only_corrections=bool(self.corrections.data),
        )
