"""Questions about mediators: asking, choosing, answering, letters, hours."""

from schoolapp.blueprints.home.help.topic import Door, Topic
from schoolapp.domain.permissions import Permission as P
from schoolapp.domain.wording import N_

MEETINGS = (
    Topic(
        "ask",
        N_("Come chiedo un mediatore?"),
        (P.MEETINGS_REQUEST,),
        (
            N_("Apri Colloqui e tocca Chiedi un colloquio. Prima di scrivere vedi quante ore restano."),
            N_("Scegli il motivo, la lingua, quanto dura e due o tre orari che vanno bene."),
            N_("Invia. Da lì la richiesta va da chi approva e poi alla cooperativa, che cerca il mediatore."),
        ),
        (
            N_("La pagina della richiesta dice sempre a che punto è e chi si aspetta: non serve telefonare."),
            N_("Un bambino non fa da interprete: per questo c’è il mediatore, gratuito per la famiglia."),
            N_("Non scrivere di salute, di documenti o di fatti della famiglia: basta il motivo dell’elenco."),
        ),
        (Door("meetings.index", N_("Colloqui"), P.MEETINGS_READ),),
    ),
    Topic(
        "approve",
        N_("Come approvo una richiesta?"),
        (P.MEETINGS_APPROVE,),
        (
            N_("Apri Colloqui: in alto ci sono le richieste che aspettano te."),
            N_("Guarda se le ore bastano e approva, oppure chiedi di completare o respingi, con il motivo."),
        ),
        (N_("Con l’approvazione le ore si impegnano: nessun’altra richiesta può prenderle."),),
        (Door("meetings.index", N_("Colloqui"), P.MEETINGS_READ),),
    ),
    Topic(
        "grant",
        N_("Che cosa approva l’Ufficio di Piano?"),
        (P.MEETINGS_GRANT,),
        good_to_know=(
            N_("Le richieste dei monte ore per cui hai scelto di approvare ogni volta. Le altre vanno avanti da sole."),
            N_("Leggi numero, scuola o servizio, lingua, motivo e durata. Il nome dell’alunno non c’è."),
        ),
        doors=(
            Door("meetings.grants", N_("Approvazioni"), P.MEETINGS_GRANT),
            Door("budgets.index", N_("Monte ore"), P.BUDGETS_READ),
        ),
    ),
    Topic(
        "family",
        N_("Che cosa vede la famiglia?"),
        (P.MEETINGS_REQUEST, P.MEETINGS_APPROVE),
        good_to_know=(
            N_(
                "Una lettera di un foglio, in italiano e nella sua lingua, con giorno, ora e luogo. La stampi "
                "dalla pagina del colloquio confermato."
            ),
            N_(
                "Può rispondere con il tagliando, o con il codice QR senza nessun accesso: la pagina dice solo "
                "ora, luogo e nome di battesimo, vale per una risposta e poi scade."
            ),
            N_("Una frase che nessun mediatore ha ancora controllato porta scritto che non è controllata."),
        ),
    ),
    Topic(
        "match",
        N_("Come scelgo il mediatore?"),
        (P.MEETINGS_MATCH,),
        (
            N_("Apri Bacheca e tocca una richiesta da abbinare: le più vicine sono in alto."),
            N_("Confronta i punti, riga per riga: aiutano a scegliere, ma decidi tu."),
            N_("Tocca Proponi. Il mediatore riceve un messaggio e risponde con un collegamento."),
        ),
        (N_("Chi ha dichiarato di conoscere la famiglia non si può proporre, e la scuola non sa perché."),),
        (
            Door("board.index", N_("Bacheca"), P.MEETINGS_MATCH),
            Door("mediators.index", N_("Mediatori"), P.MEDIATORS_MANAGE),
        ),
    ),
    Topic(
        "answer",
        N_("Come rispondo a una proposta?"),
        (P.MEETINGS_ANSWER,),
        (
            N_("Apri il collegamento del messaggio e scegli Sì, vengo oppure No, non posso."),
            N_("Dopo il colloquio apri Colloqui e scrivi la relazione: orari, chi c’era, accordi presi."),
        ),
        (
            N_("Di chi si parla lo leggi solo con il tuo accesso. Se conosci già la famiglia, di’ di no."),
            N_("La nota culturale è facoltativa: la leggete solo tu e chi ha chiesto, e dopo un anno si cancella."),
        ),
        (
            Door("meetings.index", N_("Colloqui"), P.MEETINGS_READ),
            Door("mediators.own", N_("Disponibilità"), P.MEETINGS_ANSWER),
        ),
    ),
    Topic(
        "translations",
        N_("Come controllo una traduzione?"),
        (P.TRANSLATIONS_CHECK,),
        good_to_know=(
            N_(
                "Apri Traduzioni e leggi una frase alla volta. Se è giusta, confermala: le lettere di dopo non "
                "diranno più che manca il controllo."
            ),
        ),
        doors=(Door("letters.translations", N_("Traduzioni"), P.TRANSLATIONS_CHECK),),
    ),
    Topic(
        "desk",
        N_("Come conto chi viene allo sportello?"),
        (P.MEETINGS_COUNT,),
        good_to_know=(N_("Scrivi giorno, orari, mediatore e quante persone per lingua. Nessun nome, nessuna storia."),),
        doors=(Door("meetings.index", N_("Colloqui"), P.MEETINGS_READ),),
    ),
    Topic(
        "hours",
        N_("Come si contano le ore?"),
        (P.MEETINGS_REQUEST, P.BUDGETS_READ, P.HOURS_READ, P.HOURS_COUNT),
        good_to_know=(
            N_("In minuti: un’ora è di 60. Ogni minuto sta su una sola linea di finanziamento."),
            N_(
                "Le ore si impegnano quando la richiesta è approvata, e si usano quando chi ha chiesto conferma "
                "la relazione del mediatore."
            ),
            N_("Se la famiglia non viene le ore contano lo stesso: il mediatore era lì."),
            N_("Se annulli per tempo le ore tornano libere; fino a quando, lo dice la pagina del colloquio."),
            N_("Di un facilitatore contano le lezioni firmate. Foglio ore e registro dicono gli stessi minuti."),
        ),
        doors=(
            Door("budgets.index", N_("Monte ore"), P.BUDGETS_READ),
            Door("timesheets.index", N_("Ore"), P.HOURS_READ),
            Door("district_hours.month", N_("Ore dell’Ambito"), P.HOURS_COUNT),
        ),
    ),
)
