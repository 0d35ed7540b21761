"""Listening: what a pupil understands of what is said at school."""

from schoolapp.domain.descriptors.words import LevelWords
from schoolapp.domain.levels import Level
from schoolapp.domain.wording import N_

VERSION_1: dict[Level, LevelWords] = {
    Level.PRE_A1: LevelWords(
        can_do=(
            N_("Riconosce il proprio nome, i saluti e poche parole di uso quotidiano."),
            N_("Esegue un comando semplice accompagnato da un gesto: «siediti», «apri il libro»."),
            N_("Riconosce i nomi degli oggetti della classe quando li vede."),
        ),
        first_person=N_("Capisco parole di scuola e il mio nome."),
        third_person=N_("riconoscere parole note e comandi di ogni giorno"),
    ),
    Level.A1: LevelWords(
        can_do=(
            N_("Capisce consegne di poche parole, dette piano e ripetute: «copia la data», «scegli la risposta»."),
            N_("Capisce domande su di sé: nome, età, famiglia, classe."),
            N_("Coglie numeri, orari, giorni e nomi delle materie."),
        ),
        first_person=N_("Capisco consegne brevi, dette piano."),
        third_person=N_("capire consegne brevi, dette piano e con un esempio"),
    ),
    Level.A2: LevelWords(
        can_do=(
            N_("Capisce chi parla piano di fatti di scuola, di casa e del tempo libero."),
            N_("Segue le consegne di un compito in due o tre passi."),
            N_("Coglie il tema di un racconto breve letto ad alta voce, con l’aiuto delle immagini."),
            N_("Capisce un avviso dato in classe: un’uscita, un cambio di orario, il materiale da portare."),
        ),
        first_person=N_("Capisco chi parla piano di scuola e di casa."),
        third_person=N_("capire chi parla piano di cose di scuola e di casa"),
    ),
    Level.B1: LevelWords(
        can_do=(
            N_("Segue i punti principali di una spiegazione in classe, se l’argomento è preparato."),
            N_("Capisce il racconto di un fatto con un prima e un dopo."),
            N_("Capisce i compagni che parlano insieme di un lavoro di gruppo."),
        ),
        first_person=N_("Seguo una spiegazione chiara con esempi."),
        third_person=N_("seguire una spiegazione chiara, con esempi e immagini"),
    ),
    Level.B2: LevelWords(
        can_do=(
            N_("Segue una lezione di materia non semplificata e ne coglie la struttura."),
            N_("Capisce una discussione in classe e riconosce le opinioni diverse."),
            N_("Capisce video e audio di studio a velocità normale."),
        ),
        first_person=N_("Seguo la lezione di classe e le discussioni."),
        third_person=N_("seguire la lezione di classe e una discussione"),
    ),
    Level.C1: LevelWords(
        can_do=(
            N_("Segue discorsi lunghi e non preparati, anche quando il filo non è detto."),
            N_("Coglie ironia, modi di dire e ciò che resta sottinteso."),
        ),
        first_person=N_("Capisco anche discorsi lunghi e non preparati."),
        third_person=N_("capire discorsi lunghi, anche con significati sottintesi"),
    ),
}
