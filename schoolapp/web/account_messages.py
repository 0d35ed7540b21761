"""What Flask-Security says, in our words. Its own Italian is stiff, and it looks for it under another code."""

from pathlib import Path
from typing import Any

from schoolapp.domain.wording import N_

TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"

_MESSAGES: dict[str, tuple[str, str]] = {
    "GENERIC_AUTHN_FAILED": (
        N_("E-mail o password non sono giuste. Controlla anche le maiuscole."),
        "error",
    ),
    "EMAIL_NOT_PROVIDED": (N_("Scrivi la tua e-mail."), "error"),
    "INVALID_EMAIL_ADDRESS": (N_("L’indirizzo non è completo: manca qualcosa prima o dopo la chiocciola."), "error"),
    "PASSWORD_NOT_PROVIDED": (N_("Scrivi la password."), "error"),
    "INVALID_PASSWORD": (N_("Questa non è la tua password di adesso."), "error"),
    "PASSWORD_IS_THE_SAME": (N_("La password nuova è uguale a quella di adesso: scegline un’altra."), "error"),
    "RETYPE_PASSWORD_MISMATCH": (N_("Le due password non sono uguali: scrivile di nuovo."), "error"),
    "PASSWORD_RESET_REQUEST": (
        N_("Controlla la posta. Se %(email)s ha un accesso, tra poco arriva un messaggio per scegliere la password."),
        "info",
    ),
    "PASSWORD_RESET_EXPIRED": (N_("Questo collegamento è scaduto. Chiedine un altro qui sotto."), "error"),
    "INVALID_RESET_PASSWORD_TOKEN": (
        N_("Questo collegamento è già stato usato o non è completo. Chiedine un altro qui sotto."),
        "error",
    ),
    "PASSWORD_RESET_NO_LOGIN": (N_("Password salvata. Adesso entra con quella nuova."), "success"),
    "PASSWORD_CHANGE": (N_("Password salvata. Dagli altri dispositivi sei fuori."), "success"),
    "INVALID_REDIRECT": (N_("L’indirizzo a cui tornare non era di questo sito."), "error"),
    "UNAUTHENTICATED": (N_("Entra per continuare."), "error"),
}

SUBJECTS = {
    "SECURITY_EMAIL_SUBJECT_PASSWORD_RESET": N_("Scegli una password nuova"),
    "SECURITY_EMAIL_SUBJECT_PASSWORD_NOTICE": N_("La tua password è stata cambiata"),
    "SECURITY_EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": N_("La tua password è stata cambiata"),
}

SETTINGS: dict[str, Any] = {
    **{f"SECURITY_MSG_{key}": message for key, message in _MESSAGES.items()},
    **SUBJECTS,
    "SECURITY_I18N_DOMAIN": "messages",
    "SECURITY_I18N_DIRNAME": [str(TRANSLATIONS)],
}
