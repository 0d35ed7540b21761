"""The shape of what a facilitator writes in a term report."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField

from schoolapp.domain.term_report_words import ReportWords
from schoolapp.web.forms import UNSEEN
from schoolapp.web.translations import lazy_gettext as _


class WorkshopWordsForm(FlaskForm):
    """The four texts about a workshop. `version` is the one that was read."""

    version = HiddenField(UNSEEN, default="0")
    topics = TextAreaField(_("Argomenti svolti"))
    progress = TextAreaField(_("Come è andata"))
    difficulties = TextAreaField(_("Difficoltà"))
    proposals = TextAreaField(_("Proposte"))
    reason = TextAreaField(_("Perché correggi la relazione firmata"))

    @property
    def words(self) -> ReportWords:
        return ReportWords(
            topics=self.topics.data or "",
            progress=self.progress.data or "",
            difficulties=self.difficulties.data or "",
            proposals=self.proposals.data or "",
        )


class PupilWordsForm(FlaskForm):
    """The two texts about a pupil."""

    version = HiddenField(UNSEEN, default="0")
    words = TextAreaField(_("Che cosa scrivi al consiglio di classe"))
    proposals = TextAreaField(_("Proposte per il piano personalizzato"))
    reason = TextAreaField(_("Perché correggi la scheda"))


def number_of(text: str | None) -> int:
    """A version as the page carried it; -1, which no text has, for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1
