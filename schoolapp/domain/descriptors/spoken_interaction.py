"""Spoken interaction: asking, answering, agreeing with others."""

from schoolapp.domain.descriptors.words import LevelWords
from schoolapp.domain.levels import Level
from schoolapp.domain.wording import N_

VERSION_1: dict[Level, LevelWords] = {
    Level.PRE_A1: LevelWords(
        can_do=(
            N_("Saluta, ringrazia e dice sì e no."),
            N_("Dice come si chiama, quanti anni ha e da dove viene, con parole singole."),
            N_("Chiede una cosa con un gesto e una parola: «bagno», «acqua», «penna»."),
        ),
        first_person=N_("Saluto e mi faccio capire con gesti e parole."),
        third_person=N_("salutare e farsi capire con gesti e parole singole"),
    ),
    Level.A1: LevelWords(
        can_do=(
            N_("Chiede e risponde con frasi brevi su di sé, la classe, gli orari."),
            N_("Chiede aiuto, chiede di ripetere, dice che non ha capito."),
            N_("Gioca e lavora in coppia usando frasi note."),
        ),
        first_person=N_("Chiedo, rispondo e mi faccio capire."),
        third_person=N_("chiedere e rispondere su bisogni e orari"),
    ),
    Level.A2: LevelWords(
        can_do=(
            N_("Partecipa a scambi brevi su scuola, casa e tempo libero, se gli altri aiutano."),
            N_("Si mette d’accordo con i compagni: chi fa che cosa, quando, dove."),
            N_("Risponde a domande su un fatto di ieri o del fine settimana."),
        ),
        first_person=N_("Parlo con gli altri di ciò che faccio."),
        third_person=N_("parlare con gli altri di ciò che ha fatto e che farà"),
    ),
    Level.B1: LevelWords(
        can_do=(
            N_("Interviene in un lavoro di gruppo: propone, chiede, risponde."),
            N_("Dice la propria opinione e ne dà una ragione."),
            N_("Risolve a voce un imprevisto: un ritardo, un compito non fatto, un malinteso."),
        ),
        first_person=N_("Dico la mia opinione e la spiego."),
        third_person=N_("dire la propria opinione e spiegarla ai compagni"),
    ),
    Level.B2: LevelWords(
        can_do=(
            N_("Partecipa a una discussione in classe con naturalezza e tiene conto degli altri."),
            N_("Sostiene un’idea con esempi e risponde alle obiezioni."),
            N_("Risponde a un’interrogazione con frasi collegate e si corregge da sé."),
        ),
        first_person=N_("Discuto in classe e difendo le mie idee."),
        third_person=N_("discutere in classe e sostenere le proprie idee"),
    ),
    Level.C1: LevelWords(
        can_do=(
            N_("Conversa con scioltezza e adatta il modo di parlare a chi ascolta."),
            N_("Guida un lavoro di gruppo e fa da ponte tra opinioni diverse."),
        ),
        first_person=N_("Parlo con tutti con scioltezza, di ogni tema."),
        third_person=N_("conversare con scioltezza su ogni tema di scuola"),
    ),
}
