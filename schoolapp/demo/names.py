"""Invented people: names that fit where a family comes from. Any likeness to real people is chance."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Origin:
    """A group of families: citizenship, languages, scripts, and names by sex."""

    country: str
    languages: tuple[str, ...]
    letters_language: str
    alphabets: str
    weight: int
    surnames: str
    girls: str
    boys: str

    def name(self, random: Random, sex: str) -> tuple[str, str]:
        """Surname and first name."""
        first_names = self.girls if sex == "F" else self.boys
        return random.choice(self.surnames.split(",")), random.choice(first_names.split(","))


ORIGINS = (
    Origin("MA", ("ary",), "ar", "Arab Latn", 26,
           "Benali,El Amrani,Chakir,Bouzid,Haddad,Ouazzani,El Fassi,Berrada,Tazi,Lahlou,Idrissi,Mansouri",
           "Salma,Hiba,Malak,Aya,Imane,Nour,Khadija,Doha", "Youssef,Adam,Rayan,Ilyas,Hamza,Anas,Zakaria"),
    Origin("RO", ("ro",), "ro", "Latn", 18,
           "Ionescu,Dragomir,Moraru,Țurcanu,Popa,Stan,Munteanu,Ștefănescu,Rusu",
           "Ioana,Andreea,Bianca,Ștefania,Elena", "Andrei,Matei,Bogdan,Ștefan-Ionuț,Luca"),
    Origin("AL", ("sq",), "sq", "Latn", 14,
           "Hoxha,Shehu,Ahmeti,Kola,Gjoka,Leka,Prifti", "Elira,Arta,Klea,Sara", "Endri,Arber,Erion,Klajdi"),
    Origin("UA", ("uk",), "uk", "Cyrl Latn", 12,
           "Kovalenko,Shevchenko,Bondar,Tkachenko,Melnyk,Kravchuk", "Kateryna,Mariia,Sofiia,Daryna",
           "Nazar,Danylo,Bohdan,Artem"),
    Origin("CN", ("zh",), "zh", "Hans Latn", 9,
           "Wang,Lin,Chen,Hu,Zhou,Zheng", "Xinyi,Yutong,Yu Xin,Mei", "Haoran,Wei,Jun,Zihan"),
    Origin("MK", ("mk",), "mk", "Cyrl", 8,
           "Petrovska,Stojanov,Ristevski,Jovanov", "Teodora,Marija,Elena", "Filip,Stefan,Damjan"),
    Origin("PK", ("ur", "pnb"), "ur", "Arab", 12,
           "Hussain,Khan,Ahmed,Malik,Siddiqui,Rahman", "Hira,Ayesha,Zainab,Amina", "Hamza,Muhammad Ali,Abdul,Bilal"),
    Origin("IN", ("pa",), "pa", "Guru Latn", 9,
           "Singh,Kaur,Sharma,Verma,Gill", "Simran,Priya,Gurleen,Anika", "Arjun,Gurpreet,Harman,Dilraj"),
    Origin("BD", ("bn",), "bn", "Beng", 9,
           "Hossain,Islam,Akter,Begum,Chowdhury", "Sumaiya,Nusrat,Tasnim", "Rafi,Tanvir,Sakib,Abdul-Karim"),
    Origin("SN", ("wo",), "fr", "Latn", 6,
           "Diop,Ndiaye,Fall,Sarr,Faye", "Awa,Fatou,Ndeye", "Mamadou,Abdou,Ousmane"),
    Origin("PE", ("es",), "es", "Latn", 6,
           "Flores Rojas,Fernández Quispe,Huamán,Quispe Mamani", "Valentina,Lucía Milagros,Carmen",
           "Diego,Mateo,Sebastián"),
    Origin("CI", ("fr",), "fr", "Latn", 4, "Kouassi,Koné,Traoré,Diallo", "Aminata,Mariam", "Ibrahim,Moussa,Yao"),
    Origin("NG", ("en",), "en", "Latn", 3, "Okafor,Asante,Eze,Adeyemi", "Blessing,Grace,Ada", "Liam,Emeka,David"),
    Origin("BR", ("pt",), "pt", "Latn", 3, "Silva,Souza,Oliveira", "Daniela,Beatriz", "Gabriel,João"),
    Origin("ER", ("ti",), "ti", "Ethi", 3, "Gebremariam,Tesfay,Haile", "Selam,Rahwa", "Yonas,Filmon"),
    Origin("TR", ("tr",), "tr", "Latn", 3, "Yılmaz,Demir,Şahin", "Elif,Zeynep", "Emir,Yusuf"),
    Origin("MD", ("ro",), "ro", "Latn Cyrl", 3, "Rotaru,Ciobanu,Cebotari", "Daria,Alina", "Ion,Vlad"),
    Origin("LK", ("si",), "si", "Sinh", 2, "Fernando,Perera,Silva", "Dinithi,Nethmi", "Kasun,Sahan"),
)  # fmt: skip

ITALIAN_SURNAMES = (
    "Valsecca,Fontanive,Marini,Bianchini,Credaro,Gianoli,Della Marta,Parolini,Pedrotti,Scherini,Moretti,Gusmeroli,"
    "Corvi,Bettini,Tognini,Songini,Bonomi,Negrini,Libera,Trinca"
)
ITALIAN_FIRST_NAMES = "Irene,Lucia,Chiara,Marco,Lidia,Paolo,Elena,Giovanni,Marta,Davide,Silvia,Andrea,Anna,Luca"


def origin(random: Random) -> Origin:
    return random.choices(ORIGINS, weights=[each.weight for each in ORIGINS])[0]


def italian_name(random: Random) -> str:
    """First name and surname of someone who works at a school."""
    return f"{random.choice(ITALIAN_FIRST_NAMES.split(','))} {random.choice(ITALIAN_SURNAMES.split(','))}"
