"""The register of changes in words: what each table, column and stored word is called."""

from collections.abc import Mapping
from typing import Any

from schoolapp.domain.assessment import ASSESSMENT_STATE_NAMES, LITERACY_NAMES, MOMENT_NAMES
from schoolapp.domain.attendance import ABSENCE_REASON_NAMES, MARK_NAMES
from schoolapp.domain.enrolment import ENROLMENT_OUTCOME_NAMES
from schoolapp.domain.hours import HOURS_KIND_NAMES
from schoolapp.domain.issued_documents import DOCUMENT_KIND_NAMES
from schoolapp.domain.lessons import CANCELLED_BY_NAMES
from schoolapp.domain.levels import LEVEL_NAMES, SKILL_NAMES
from schoolapp.domain.meeting_steps import MEETING_STATE_NAMES
from schoolapp.domain.meetings import (
    APPOINTMENT_STATE_NAMES,
    LANGUAGE_LEVEL_NAMES,
    MEETING_CONTEXT_NAMES,
    MEETING_MODE_NAMES,
    MEETING_REASON_NAMES,
    MeetingContext,
    invited_by_names,
)
from schoolapp.domain.referral import REFERRAL_STATE_NAMES
from schoolapp.domain.roles import ROLE_NAMES
from schoolapp.domain.roll_call import value_of_code
from schoolapp.domain.wording import N_, Sentence
from schoolapp.domain.workshops import WORKSHOP_KIND_NAMES, WORKSHOP_STATUS_NAMES

SUBJECTS: dict[str, str] = {
    "lesson": N_("lezione"),
    "unlisted_pupil": N_("alunno non iscritto, presente a lezione"),
    "enrolment": N_("iscrizione a un laboratorio"),
    "assessment": N_("valutazione di un alunno"),
    "issued_document": N_("attestato"),
    "workshop_report": N_("relazione di un laboratorio"),
    "pupil_report": N_("relazione su un alunno"),
    "meeting_request": N_("richiesta di colloquio"),
    "appointment": N_("appuntamento con un mediatore"),
    "meeting_report": N_("relazione di un colloquio"),
    "hour_budget": N_("monte ore"),
    "budget_change": N_("ore assegnate"),
    "hour_entry": N_("ore di mediazione"),
    "mediator_profile": N_("scheda di un mediatore"),
    "mediator_language": N_("lingua di un mediatore"),
    "availability": N_("disponibilità di un mediatore"),
    "unavailability": N_("giorni in cui un mediatore non può"),
    "declared_conflict": N_("conflitto dichiarato da un mediatore"),
    "checked_sentence": N_("frase tradotta e controllata"),
    "family_letter": N_("lettera a una famiglia"),
    "service": N_("servizio"),
    "referral": N_("segnalazione"),
    "pupil": N_("scheda di un alunno"),
    "pupil_citizenship": N_("cittadinanza di un alunno"),
    "pupil_language": N_("lingua di casa di un alunno"),
    "contact": N_("recapito della famiglia"),
    "class_membership": N_("classe di un alunno"),
    "pupil_import": N_("importazione di un elenco"),
    "workshop": N_("laboratorio"),
    "workshop_facilitator": N_("conduzione di un laboratorio"),
    "slot": N_("orario settimanale"),
    "site": N_("plesso"),
    "school_class": N_("classe"),
    "class_teacher": N_("docente di una classe"),
    "closure": N_("giorni di chiusura"),
    "institute": N_("istituto"),
    "membership": N_("ruolo di una persona"),
    "user_account": N_("accesso"),
    "project": N_("progetto"),
    "project_emblem": N_("emblema di un progetto"),
    "funding_line": N_("linea di finanziamento"),
    "provider": N_("cooperativa"),
}

ACTIONS: dict[str, str] = {
    "created": N_("ha aggiunto"),
    "changed": N_("ha cambiato"),
    "deleted": N_("ha tolto"),
    "restored": N_("ha riportato com’era"),
    "recorded": N_("ha fatto l’appello"),
    "signed": N_("ha firmato"),
    "corrected": N_("ha corretto dopo la firma"),
}
OTHER_ACTION = N_("ha cambiato")
CORRECTED = "corrected"

COLUMNS: dict[str, str] = {
    "active": N_("acceso"),
    "activity": N_("attività"),
    "address": N_("indirizzo"),
    "agreements": N_("accordi"),
    "alphabets": N_("alfabeti che legge"),
    "ambito_id": N_("Ambito"),
    "another_meeting": N_("serve un altro colloquio"),
    "answer_by": N_("risposta entro il"),
    "applied_at": N_("applicata il"),
    "archived_at": N_("archiviato il"),
    "arrival_month": N_("in Italia da"),
    "assessor_id": N_("valutata da"),
    "at": N_("il"),
    "bank_version": N_("versione delle frasi"),
    "birth_date": N_("data di nascita"),
    "birth_place": N_("luogo di nascita"),
    "budget_id": N_("monte ore"),
    "by_hand": N_("decisa a mano"),
    "by_id": N_("da"),
    "called_name": N_("come si fa chiamare"),
    "cancelled_by": N_("annullata"),
    "cancelled_why": N_("motivo dell’annullamento"),
    "capacity": N_("posti"),
    "case_code": N_("codice del caso"),
    "changed_count": N_("schede cambiate"),
    "checked_at": N_("controllata il"),
    "checked_by_id": N_("controllata da"),
    "citizenships": N_("cittadinanze"),
    "class_id": N_("classe"),
    "class_name": N_("classe"),
    "code": N_("codice"),
    "committed_minutes": N_("minuti impegnati"),
    "completed_at": N_("completata il"),
    "comune_id": N_("comune"),
    "confirmed_at": N_("confermata il"),
    "confirmed_by_id": N_("confermata da"),
    "contacts": N_("recapiti della famiglia"),
    "context": N_("contesto"),
    "countersigned_at": N_("vistata il"),
    "countersigned_by_id": N_("vistata da"),
    "country": N_("cittadinanza"),
    "cup": N_("CUP"),
    "day": N_("giorno"),
    "decided_at": N_("deciso il"),
    "decided_by_id": N_("deciso da"),
    "decision_why": N_("motivo"),
    "declared_on": N_("dichiarato il"),
    "descriptors": N_("indizi visti"),
    "difficulties": N_("difficoltà"),
    "email": N_("e-mail"),
    "end": N_("fine"),
    "ends_at": N_("fino alle"),
    "engagement": N_("incarico"),
    "enrolment_id": N_("iscrizione"),
    "entry_level": N_("livello d’ingresso"),
    "facilitator_id": N_("conduce"),
    "families": N_("famiglie attese"),
    "filename": N_("file"),
    "first_day": N_("primo giorno"),
    "first_enrolment": N_("prima iscrizione in Italia"),
    "first_name": N_("nome"),
    "funding_line_id": N_("linea di finanziamento"),
    "gender": N_("genere"),
    "gender_wanted": N_("preferenza"),
    "granted_minutes": N_("minuti assegnati"),
    "invited_by": N_("chi invita la famiglia"),
    "is_state": N_("statale"),
    "issued_at": N_("emesso il"),
    "issued_by_id": N_("emesso da"),
    "kind": N_("tipo"),
    "language": N_("lingua"),
    "languages": N_("lingue di casa"),
    "last_day": N_("ultimo giorno"),
    "last_name": N_("cognome"),
    "lesson_id": N_("lezione"),
    "letters_language": N_("lingua delle lettere"),
    "level": N_("livello"),
    "literacy": N_("lettura e scrittura"),
    "locale": N_("lingua delle pagine"),
    "mediator_id": N_("mediatore"),
    "mediator_language": N_("lingua del mediatore"),
    "mediator_needed": N_("serve il mediatore"),
    "minutes": N_("minuti"),
    "mode": N_("come"),
    "moment": N_("momento"),
    "moved_from_day": N_("spostata dal giorno"),
    "moved_from_start": N_("spostata dalle ore"),
    "moved_why": N_("motivo dello spostamento"),
    "name": N_("nome"),
    "needs_grant": N_("approvazione dell’Ambito"),
    "new_count": N_("schede nuove"),
    "note": N_("nota"),
    "number": N_("numero"),
    "outcome": N_("esito"),
    "overall_level": N_("livello complessivo"),
    "overall_why": N_("motivo del livello complessivo"),
    "participants": N_("chi ci sarà"),
    "password_set_at": N_("password scelta il"),
    "phone": N_("telefono"),
    "place": N_("luogo"),
    "planned_minutes": N_("minuti previsti"),
    "position": N_("ordine"),
    "present": N_("presenti"),
    "printed_at": N_("stampata il"),
    "printed_by_id": N_("stampata da"),
    "printed_signature": N_("firma a mezzo stampa"),
    "progress": N_("come è andata"),
    "project_id": N_("progetto"),
    "proposals": N_("proposte"),
    "protocol_day": N_("data di protocollo"),
    "protocol_number": N_("numero di protocollo"),
    "provider_id": N_("cooperativa"),
    "pupil_id": N_("alunno"),
    "pupils_enrolled": N_("alunni della classe"),
    "reason": N_("motivo"),
    "recovers_id": N_("recupera la lezione"),
    "referred_at": N_("segnalato il"),
    "referred_by_id": N_("segnalato da"),
    "relation": N_("relazione"),
    "replaces_id": N_("sostituisce"),
    "reported_at": N_("relazionata il"),
    "reported_by_id": N_("relazionata da"),
    "request_id": N_("richiesta"),
    "requester_id": N_("chi chiede"),
    "revoked_at": N_("annullato il"),
    "revoked_by_id": N_("annullato da"),
    "revoked_why": N_("motivo dell’annullamento"),
    "role": N_("ruolo"),
    "same_mediator": N_("lo stesso mediatore"),
    "scale_version": N_("versione della scala"),
    "school_year_id": N_("anno scolastico"),
    "second_language": N_("va bene anche"),
    "sentence": N_("frase"),
    "sequence": N_("aggiornamento"),
    "service_id": N_("servizio"),
    "sex": N_("sesso"),
    "shared_at": N_("condivisa il"),
    "shared_by_id": N_("condivisa da"),
    "signed_at": N_("firmata il"),
    "signed_by_id": N_("firmata da"),
    "site_id": N_("plesso"),
    "start": N_("inizio"),
    "starts_at": N_("dalle"),
    "state": N_("stato"),
    "status": N_("stato"),
    "term_id": N_("quadrimestre"),
    "threshold_percent": N_("soglia di frequenza (%)"),
    "title": N_("titolo"),
    "topic": N_("argomento"),
    "topics": N_("argomenti svolti"),
    "uid": N_("codice del calendario"),
    "unchanged_count": N_("schede uguali"),
    "undone_at": N_("annullata il"),
    "uploaded_at": N_("caricato il"),
    "uploaded_by_id": N_("caricato da"),
    "used_minutes": N_("minuti usati"),
    "user_id": N_("persona"),
    "valid_from": N_("dal"),
    "valid_to": N_("fino al"),
    "validated_at": N_("ore confermate il"),
    "validated_by_id": N_("ore confermate da"),
    "wanted_kind": N_("tipo di laboratorio"),
    "weekday": N_("giorno della settimana"),
    "words": N_("che cosa scrive chi conduce"),
    "workshop_id": N_("laboratorio"),
    "years_abroad": N_("anni di scuola all’estero"),
}

COLUMNS |= {skill.value: name for skill, name in SKILL_NAMES.items()}
"""The levels of an assessment stand in its row, each under its skill."""

NOT_SHOWN = frozenset({"id", "institute_id", "version", "budget_id", "enrolment_id", "replaces_id", "request_id"})
"""Columns that say nothing to a person."""


def _by_word(names: Mapping[Any, str]) -> dict[str, str]:
    return {str(word.value): name for word, name in names.items()}


_GENDERS = {"F": N_("una donna"), "M": N_("un uomo")}

WORDS: dict[tuple[str, str], dict[str, str]] = {
    ("appointment", "state"): _by_word(APPOINTMENT_STATE_NAMES),
    ("assessment", "literacy"): _by_word(LITERACY_NAMES),
    ("assessment", "moment"): _by_word(MOMENT_NAMES),
    ("assessment", "overall_level"): _by_word(LEVEL_NAMES),
    ("assessment", "state"): _by_word(ASSESSMENT_STATE_NAMES),
    **{("assessment", skill.value): _by_word(LEVEL_NAMES) for skill in SKILL_NAMES},
    ("enrolment", "outcome"): _by_word(ENROLMENT_OUTCOME_NAMES),
    ("hour_entry", "kind"): _by_word(HOURS_KIND_NAMES),
    ("issued_document", "kind"): _by_word(DOCUMENT_KIND_NAMES),
    ("lesson", "cancelled_by"): _by_word(CANCELLED_BY_NAMES),
    ("mediator_language", "level"): _by_word(LANGUAGE_LEVEL_NAMES),
    ("mediator_profile", "gender"): _GENDERS,
    ("meeting_request", "context"): _by_word(MEETING_CONTEXT_NAMES),
    ("meeting_request", "gender_wanted"): _GENDERS,
    ("meeting_request", "invited_by"): _by_word(invited_by_names(MeetingContext.SCHOOL)),
    ("meeting_request", "mode"): _by_word(MEETING_MODE_NAMES),
    ("meeting_request", "reason"): _by_word(MEETING_REASON_NAMES),
    ("meeting_request", "state"): _by_word(MEETING_STATE_NAMES),
    ("membership", "role"): _by_word(ROLE_NAMES),
    ("pupil", "entry_level"): _by_word(LEVEL_NAMES),
    ("referral", "state"): _by_word(REFERRAL_STATE_NAMES),
    ("referral", "wanted_kind"): _by_word(WORKSHOP_KIND_NAMES),
    ("service", "context"): _by_word(MEETING_CONTEXT_NAMES),
    ("unlisted_pupil", "state"): {
        "proposed": N_("da decidere"),
        "enrolled": N_("iscritto"),
        "dismissed": N_("lasciato fuori"),
    },
    ("workshop", "kind"): _by_word(WORKSHOP_KIND_NAMES),
    ("workshop", "level"): _by_word(LEVEL_NAMES),
    ("workshop", "status"): _by_word(WORKSHOP_STATUS_NAMES),
}
"""Table and column → stored word → its name."""


def mark_in_words(code: str) -> Sentence:
    """A mark as the audit keeps it ("P", "R 12", "A not_at_school"), in words."""
    mark = value_of_code(code)
    if mark is None:
        return Sentence(N_("segno non leggibile"))
    word = Sentence(MARK_NAMES[mark.status])
    if mark.reason is not None:
        return Sentence(
            N_("%(word)s (%(reason)s)"), {"word": word, "reason": Sentence(ABSENCE_REASON_NAMES[mark.reason])}
        )
    if mark.missed_minutes is not None:
        return Sentence(N_("%(word)s, %(minutes)s min"), {"word": word, "minutes": mark.missed_minutes})
    return word
