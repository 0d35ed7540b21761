"""Writing: from the own name to a composition."""

from schoolapp.domain.descriptors.words import LevelWords
from schoolapp.domain.levels import Level
from schoolapp.domain.wording import N_

VERSION_1: dict[Level, LevelWords] = {
    Level.PRE_A1: LevelWords(
        can_do=(
            N_("Scrive il proprio nome e copia parole e date dalla lavagna."),
            N_("Scrive sotto dettatura sillabe e parole brevi e note."),
        ),
        first_person=N_("Copio e scrivo il mio nome e parole note."),
        third_person=N_("copiare e scrivere il nome e parole note"),
    ),
    Level.A1: LevelWords(
        can_do=(
            N_("Scrive frasi semplici su di sé, la famiglia, la classe."),
            N_("Completa una scheda con i propri dati o con parole note."),
            N_("Scrive un messaggio breve o gli auguri."),
        ),
        first_person=N_("Scrivo messaggi brevi e frasi semplici."),
        third_person=N_("scrivere messaggi brevi e frasi semplici"),
    ),
    Level.A2: LevelWords(
        can_do=(
            N_("Scrive un testo breve e collegato su un fatto vissuto, con «e», «ma», «perché»."),
            N_("Descrive una persona, un luogo o un’immagine in cinque o sei frasi."),
            N_("Risponde per iscritto a domande su un testo facile."),
        ),
        first_person=N_("Scrivo un testo breve su fatti e persone."),
        third_person=N_("scrivere un testo breve su un fatto o una persona"),
    ),
    Level.B1: LevelWords(
        can_do=(
            N_("Scrive un racconto o una lettera con un inizio, uno sviluppo e una fine."),
            N_("Riassume un testo facilitato con parole proprie."),
            N_("Prende appunti essenziali con uno schema già preparato."),
        ),
        first_person=N_("Scrivo testi ordinati su temi che conosco."),
        third_person=N_("scrivere un testo ordinato su temi conosciuti"),
    ),
    Level.B2: LevelWords(
        can_do=(
            N_("Scrive un tema chiaro e ordinato, con ragioni ed esempi."),
            N_("Riassume una pagina di studio e ne collega le idee."),
            N_("Rilegge e corregge il proprio testo."),
        ),
        first_person=N_("Scrivo testi chiari e spiego le mie idee."),
        third_person=N_("scrivere testi chiari e sostenere un’opinione"),
    ),
    Level.C1: LevelWords(
        can_do=(
            N_("Scrive testi complessi e ben costruiti, nel tono adatto a chi legge."),
            N_("Usa con precisione parole astratte e le parole delle materie."),
        ),
        first_person=N_("Scrivo testi complessi, con stile e precisione."),
        third_person=N_("scrivere testi complessi, adatti a chi legge"),
    ),
}
