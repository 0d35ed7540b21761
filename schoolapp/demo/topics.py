"""What lessons were about: short lines as facilitators write them."""

TO_COMMUNICATE = (
    "Presentarsi, salutare. Nome, età, classe, Paese.",
    "Gli oggetti dell’aula. «Ho bisogno di…», «Posso…?»",
    "I numeri e l’orario della settimana.",
    "La famiglia. Leggere un breve testo con le immagini.",
    "Il corpo. «Mi fa male…». Dialoghi a coppie.",
    "I mesi e le stagioni. Raccontare il proprio compleanno.",
    "I verbi della giornata: mi alzo, vado, studio.",
    "Fare la spesa: chiedere, pagare, ringraziare.",
    "I colori e i vestiti. Descrivere una persona.",
    "Gli ambienti della scuola. Chiedere dove si trova.",
    "La casa e i mobili. Ascolto: una casa nuova.",
    "Il cibo e la mensa. Mi piace, non mi piace.",
    "Che tempo fa. Leggere le previsioni.",
    "Le professioni. Chi lavora a scuola.",
    "Telefonare a scuola: dire un’assenza.",
)

FOR_STUDY = (
    "Leggere un avviso della scuola: gita, mensa, sciopero.",
    "Le parole della matematica: più, meno, per, diviso.",
    "Capire un problema di matematica.",
    "La linea del tempo: prima, dopo, mentre.",
    "Scienze: descrivere un esperimento.",
    "Geografia: leggere una carta della Valtellina.",
    "Prendere appunti da un video breve.",
    "Scrivere un messaggio e una lettera.",
    "Il riassunto: trovare l’informazione più importante.",
    "Storia: le parole della Rivoluzione industriale.",
    "Preparare un’interrogazione.",
    "I connettivi: perché, quindi, invece, anche se.",
)
