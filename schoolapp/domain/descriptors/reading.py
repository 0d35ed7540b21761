"""Reading: what a pupil understands of what is written at school."""

from schoolapp.domain.descriptors.words import LevelWords
from schoolapp.domain.levels import Level
from schoolapp.domain.wording import N_

VERSION_1: dict[Level, LevelWords] = {
    Level.PRE_A1: LevelWords(
        can_do=(
            N_("Riconosce le lettere e legge sillabe e parole brevi."),
            N_("Legge il proprio nome e le parole esposte in classe."),
            N_("Abbina una parola nota alla sua immagine."),
        ),
        first_person=N_("Leggo parole note e il mio nome."),
        third_person=N_("leggere il proprio nome e parole note"),
    ),
    Level.A1: LevelWords(
        can_do=(
            N_("Legge e capisce avvisi, etichette e consegne di poche parole."),
            N_("Capisce un testo di tre o quattro frasi semplici con immagini."),
            N_("Trova in un orario o in un diario il giorno, l’ora, la materia."),
        ),
        first_person=N_("Leggo avvisi e testi brevi con immagini."),
        third_person=N_("leggere avvisi e testi brevi con immagini"),
    ),
    Level.A2: LevelWords(
        can_do=(
            N_("Capisce il tema e le informazioni principali di una pagina facilitata."),
            N_("Legge una storia breve e risponde a chi, dove, quando."),
            N_("Capisce messaggi, inviti e istruzioni di un gioco o di un esperimento."),
        ),
        first_person=N_("Leggo una pagina semplice e ne dico il tema."),
        third_person=N_("leggere una pagina facilitata, per esempio di storia"),
    ),
    Level.B1: LevelWords(
        can_do=(
            N_("Capisce i punti principali di una pagina del libro di testo, con titoli e immagini."),
            N_("Ricava dal contesto il significato di una parola nuova."),
            N_("Capisce un racconto adatto all’età, con dialoghi e cambi di luogo e di tempo."),
        ),
        first_person=N_("Capisco le idee principali di un testo."),
        third_person=N_("capire i punti principali di una pagina del libro di testo"),
    ),
    Level.B2: LevelWords(
        can_do=(
            N_("Legge in autonomia un capitolo e ne riconosce le informazioni importanti."),
            N_("Confronta due testi sullo stesso argomento."),
            N_("Riconosce lo scopo di un testo: informare, raccontare, convincere."),
        ),
        first_person=N_("Leggo da me testi lunghi e di studio."),
        third_person=N_("leggere in autonomia testi lunghi e pagine di studio"),
    ),
    Level.C1: LevelWords(
        can_do=(
            N_("Capisce testi complessi, letterari e di studio, anche fuori dai propri interessi."),
            N_("Coglie il punto di vista e le intenzioni di chi scrive."),
        ),
        first_person=N_("Leggo testi complessi e colgo le sfumature."),
        third_person=N_("leggere testi complessi e coglierne le sfumature"),
    ),
}
