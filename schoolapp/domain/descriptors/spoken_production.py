"""Spoken production: describing, telling, presenting."""

from schoolapp.domain.descriptors.words import LevelWords
from schoolapp.domain.levels import Level
from schoolapp.domain.wording import N_

VERSION_1: dict[Level, LevelWords] = {
    Level.PRE_A1: LevelWords(
        can_do=(
            N_("Nomina oggetti, colori, numeri e persone note."),
            N_("Dice chi è con parole singole o frasi imparate a memoria."),
        ),
        first_person=N_("Dico chi sono e nomino le cose."),
        third_person=N_("dire il proprio nome e nominare oggetti e persone"),
    ),
    Level.A1: LevelWords(
        can_do=(
            N_("Si presenta e presenta la famiglia con frasi semplici."),
            N_("Racconta la propria giornata con l’aiuto di immagini o domande."),
            N_("Dice che cosa piace e che cosa non piace."),
        ),
        first_person=N_("Racconto di me e della mia giornata."),
        third_person=N_("parlare di sé e della propria giornata"),
    ),
    Level.A2: LevelWords(
        can_do=(
            N_("Descrive una persona, un luogo o un’immagine del libro."),
            N_("Racconta un fatto passato con frasi in ordine: prima, poi, alla fine."),
            N_("Ripete con parole proprie un breve testo letto insieme."),
        ),
        first_person=N_("Descrivo immagini e racconto fatti semplici."),
        third_person=N_("descrivere un’immagine e raccontare un fatto semplice"),
    ),
    Level.B1: LevelWords(
        can_do=(
            N_("Racconta una storia, un film o un’esperienza e dice che cosa ne pensa."),
            N_("Espone un argomento di studio con una scaletta o una mappa."),
            N_("Spiega come si fa una cosa: un gioco, un esperimento, una ricetta."),
        ),
        first_person=N_("Racconto una storia e spiego un argomento."),
        third_person=N_("raccontare una storia ed esporre un argomento preparato"),
    ),
    Level.B2: LevelWords(
        can_do=(
            N_("Espone un argomento di studio in modo ordinato e con le parole della materia."),
            N_("Descrive vantaggi e svantaggi e arriva a una conclusione."),
        ),
        first_person=N_("Espongo un argomento di studio con ordine."),
        third_person=N_("esporre un argomento di studio in modo ordinato"),
    ),
    Level.C1: LevelWords(
        can_do=(
            N_("Espone argomenti complessi con chiarezza, collegando i punti tra loro."),
            N_("Cambia registro a seconda della situazione: interrogazione, racconto, presentazione."),
        ),
        first_person=N_("Espongo argomenti complessi con parole precise."),
        third_person=N_("esporre argomenti complessi con parole precise"),
    ),
}
