"""Questions that have nothing to do with one's work at school."""

from schoolapp.blueprints.home.help.topic import Door, Topic
from schoolapp.domain.permissions import Permission as P
from schoolapp.domain.wording import N_

FOR_ALL = (
    Topic(
        "verify",
        N_("Come controllo se un attestato è vero?"),
        good_to_know=(
            N_(
                "Chiunque abbia il foglio può controllarlo con il suo codice, alla pagina Verifica: legge se è "
                "valido, le iniziali e le ore, nessun nome."
            ),
        ),
        doors=(Door("verification.ask", N_("Verifica di un attestato")),),
    ),
    Topic(
        "access",
        N_("Come do un accesso a una persona?"),
        (P.ACCOUNTS_MANAGE,),
        good_to_know=(
            N_("Apri Accessi e scrivi nome, indirizzo e ruolo. La persona riceve un messaggio e sceglie la password."),
            N_("Ogni ruolo vale in un luogo e tra due date: chi cambia scuola ne riceve uno nuovo."),
        ),
        doors=(Door("accounts.index", N_("Accessi"), P.ACCOUNTS_MANAGE),),
    ),
    Topic(
        "lost",
        N_("Non trovi quello che cerchi?"),
        good_to_know=(
            N_("Scrivi a chi ti ha dato l’accesso: di solito chi è referente intercultura nella tua scuola."),
        ),
    ),
)
