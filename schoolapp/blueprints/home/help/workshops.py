"""Questions about workshops, levels and papers."""

from schoolapp.blueprints.home.help.topic import Door, Topic
from schoolapp.domain.permissions import Permission as P
from schoolapp.domain.wording import N_

WORKSHOPS = (
    Topic(
        "roll-call",
        N_("Come faccio l’appello?"),
        (P.LESSONS_RECORD,),
        (
            N_("Apri Oggi e tocca la lezione."),
            N_("Tocca Tutti presenti, poi segna solo chi manca, arriva tardi o esce prima."),
            N_("Scrivi l’argomento in poche parole e firma."),
        ),
        (
            N_(
                "Dopo la firma il registro si chiude. Per correggerlo serve un motivo: restano visibili il dato "
                "vecchio e quello nuovo."
            ),
            N_("Un’assenza dal laboratorio non è un’assenza da scuola: per questo chiediamo dov’è l’alunno."),
        ),
        (Door("today.day", N_("Oggi"), P.LESSONS_READ),),
    ),
    Topic(
        "offline",
        N_("Che cosa faccio se manca la rete?"),
        (P.REGISTERS_PRINT,),
        good_to_know=(
            N_(
                "Stampa prima il registro vuoto del laboratorio e segna lì le presenze. Le riporti qui quando "
                "la rete torna."
            ),
        ),
        doors=(Door("workshops.index", N_("Laboratori"), P.WORKSHOPS_READ),),
    ),
    Topic(
        "import",
        N_("Come porto qui l’elenco degli alunni?"),
        (P.PUPILS_IMPORT,),
        good_to_know=(
            N_(
                "Va bene il file che la segreteria ha già: CSV, Excel o LibreOffice. Prima di salvare vedi che "
                "cosa cambia, riga per riga: si salva tutto l’elenco o niente."
            ),
        ),
        doors=(Door("pupils.index", N_("Alunni"), P.PUPILS_READ),),
    ),
    Topic(
        "referral",
        N_("Come segnalo un alunno per il laboratorio?"),
        (P.REFERRALS_MAKE,),
        (
            N_("Apri la scheda dell’alunno e segnalalo, con poche parole."),
            N_("Chi è referente intercultura decide, e tu leggi in Segnalazioni che cosa ha deciso."),
        ),
        doors=(Door("referrals.index", N_("Segnalazioni"), P.PUPILS_READ),),
    ),
    Topic(
        "attendance",
        N_("Come si contano le presenze?"),
        (P.LESSONS_READ, P.PUPILS_READ),
        good_to_know=(
            N_(
                "Contiamo i minuti offerti a ciascuno dal suo primo giorno. L’esonero e le attività di classe "
                "non contano né a favore né contro."
            ),
        ),
    ),
    Topic(
        "levels",
        N_("Come valuto i livelli?"),
        (P.ASSESSMENTS_RECORD,),
        (
            N_("Apri Livelli, scegli il laboratorio e tocca Valuta."),
            N_("Tocca un livello per ogni abilità. Sotto puoi segnare che cosa l’alunno sa già fare."),
            N_("Completa: arriva l’alunno dopo. Quando sei d’accordo, condividi con il consiglio di classe."),
        ),
        (
            N_(
                "Il livello proposto è il più alto raggiunto in almeno due terzi delle abilità valutate, senza "
                "la lingua dello studio. Puoi sceglierne un altro, con il motivo."
            ),
            N_(
                "Chi non legge ancora in nessuna lingua non è un principiante come gli altri: dillo in Leggere "
                "e scrivere."
            ),
        ),
        (Door("assessments.index", N_("Livelli"), P.ASSESSMENTS_READ),),
    ),
    Topic(
        "certificates",
        N_("Come do gli attestati?"),
        (P.CERTIFICATES_ISSUE,),
        (
            N_("Quando le lezioni sono tutte firmate, concludi il laboratorio."),
            N_("Apri Attestati, scegli il laboratorio ed emetti gli attestati di chi li ha maturati."),
            N_("Stampali, falli firmare e scrivi il numero di protocollo: si può fare anche dopo."),
        ),
        doors=(Door("certificates.index", N_("Attestati"), P.CERTIFICATES_READ),),
    ),
    Topic(
        "reports",
        N_("Come scrivo la relazione di fine quadrimestre?"),
        (P.REPORTS_WRITE, P.REPORTS_COUNTERSIGN),
        (
            N_("Apri Relazioni: accanto a ogni laboratorio vedi che cosa manca."),
            N_("Scrivi le parole del laboratorio e due righe su ogni alunno, poi firma. I numeri si contano da soli."),
            N_("La scuola mette il visto a tutte insieme e stampa la relazione e le schede per i consigli di classe."),
        ),
        (
            N_(
                "Una lezione conta quando è firmata. Le parole firmate si cambiano con un motivo, e il visto si "
                "mette di nuovo."
            ),
        ),
        (Door("reports.index", N_("Relazioni"), P.REPORTS_READ),),
    ),
)
