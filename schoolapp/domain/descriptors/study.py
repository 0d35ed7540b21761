"""The language of study: the words and texts of the subjects."""

from schoolapp.domain.descriptors.words import LevelWords
from schoolapp.domain.levels import Level
from schoolapp.domain.wording import N_

VERSION_1: dict[Level, LevelWords] = {
    Level.PRE_A1: LevelWords(
        can_do=(
            N_("Riconosce le materie dal libro, dal quaderno e dall’orario."),
            N_("Fa operazioni o segue una cartina senza bisogno di parole."),
        ),
        first_person=N_("Riconosco le materie dal libro e dall’orario."),
        third_person=N_("riconoscere le materie e i materiali di ciascuna"),
    ),
    Level.A1: LevelWords(
        can_do=(
            N_("Riconosce alcune parole frequenti delle materie, con l’immagine accanto."),
            N_("Completa uno schema o una cartina con parole date."),
            N_("Esegue le consegne più comuni dei libri: sottolinea, completa, collega."),
        ),
        first_person=N_("Riconosco parole chiave delle materie."),
        third_person=N_("riconoscere le parole chiave delle materie"),
    ),
    Level.A2: LevelWords(
        can_do=(
            N_("Capisce e usa le parole di base di matematica, scienze, storia e geografia."),
            N_("Capisce il testo di un problema breve con dati espliciti."),
            N_("Ricava informazioni da una tabella, un grafico, una linea del tempo."),
        ),
        first_person=N_("Capisco e uso le parole di base delle materie."),
        third_person=N_("capire e usare le parole di base delle materie"),
    ),
    Level.B1: LevelWords(
        can_do=(
            N_("Studia un argomento su un testo facilitato e ne completa la mappa."),
            N_("Spiega un fenomeno semplice: causa ed effetto, prima e dopo."),
            N_("Capisce le domande di una verifica scritta per la classe, con tempi più lunghi."),
        ),
        first_person=N_("Studio su testi facilitati e con mappe."),
        third_person=N_("studiare su testi facilitati, con mappe e schemi"),
    ),
    Level.B2: LevelWords(
        can_do=(
            N_("Studia sui libri della classe e ne usa le parole specifiche."),
            N_("Prende appunti mentre l’insegnante spiega."),
            N_("Confronta, classifica e argomenta in una verifica."),
        ),
        first_person=N_("Studio sui libri della classe."),
        third_person=N_("studiare sui libri della classe"),
    ),
    Level.C1: LevelWords(
        can_do=(
            N_("Approfondisce un argomento in autonomia da più fonti."),
            N_("Usa con sicurezza il linguaggio delle materie, a voce e per iscritto."),
        ),
        first_person=N_("Uso da me ogni testo di studio della classe."),
        third_person=N_("usare da sé ogni testo di studio della classe"),
    ),
}
