"""Text files of rows (CSV, TSV) with the encodings and separators that schools' programs use."""

import codecs
import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator

from schoolapp.domain.errors import RuleViolation
from schoolapp.domain.wording import N_

SEPARATORS = ";\t,|"
_SAMPLE_ROWS = 200
_LINES_A_QUOTED_CELL_MAY_SPAN = 20
_SEPARATOR_DECLARATION = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)
# Where Mac Roman has è é à ò ì ù, Windows has these: never right after a letter, or not there at all.
_MAC_SIGNS_IN_WINDOWS = re.compile(r"(?<=[A-Za-z])[\u02c6\u02dc\u201c\u0081\u008d\u008f\u0090\u009d]")
_END_OF_FILE_OF_DOS = b"\x1a"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(content: bytes) -> str:
    """The text of the file. UTF-8 and UTF-16 are recognised for certain, Windows-1252 is what remains, Mac Roman
    only where Windows-1252 would give signs no word has."""
    text = _decode_unicode(content.rstrip(_END_OF_FILE_OF_DOS))
    if text is None:
        text = _decode_single_byte(content)
    if _CONTROL.search(text):
        raise RuleViolation(
            N_("Questo file non è un elenco. Salvalo dal tuo programma come XLSX o CSV e caricalo di nuovo."),
            field="file",
        )
    return text


def _decode_unicode(content: bytes) -> str | None:
    if content.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif content[1:200:2].count(0) > len(content[1:200:2]) * 0.8:
        encoding = "utf-16-le"
    elif content[0:200:2].count(0) > len(content[0:200:2]) * 0.8:
        encoding = "utf-16-be"
    else:
        encoding = "utf-8"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_single_byte(content: bytes) -> str:
    as_windows = content.decode("cp1252", errors="surrogateescape")
    undefined = any("\udc80" <= sign <= "\udcff" for sign in as_windows)
    if undefined or _MAC_SIGNS_IN_WINDOWS.search(as_windows):
        as_mac = content.decode("mac-roman")
        if all(sign.isalpha() or sign in "’‘“”«»–—…°ª\u00a0" for sign in as_mac if not sign.isascii()):
            return as_mac
    if undefined:
        raise RuleViolation(
            N_("Non riconosciamo le lettere accentate di questo file. Salvalo come XLSX e caricalo di nuovo."),
            field="file",
        )
    return as_windows


def read_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows of cells, each with the number of the line on which it begins."""
    first_line = 1
    declared = _SEPARATOR_DECLARATION.match(text)
    if declared:
        separator, text, first_line = declared[1], text[declared.end() :], 2
    else:
        separator = guess_separator(text)
    quoted = not _has_a_stray_quote(text, separator)
    try:
        for number, cells in _numbered(text, separator, quoted=quoted):
            yield number + first_line - 1, cells
    except csv.Error as error:
        raise RuleViolation(
            N_("Una cella di questo file è troppo lunga: forse non è un elenco di alunni."), field="file"
        ) from error


def _numbered(text: str, separator: str, *, quoted: bool = True) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    )
    begins = 1
    for cells in reader:
        yield begins, cells
        begins = reader.line_num + 1


def _has_a_stray_quote(text: str, separator: str) -> bool:
    """A quote that nobody closed swallows the rest of the file: then quotes mean nothing here."""
    if '"' not in text:
        return False
    begins = 1
    try:
        for number, _cells in _numbered(text, separator):
            if number - begins > _LINES_A_QUOTED_CELL_MAY_SPAN:
                return True
            begins = number
    except csv.Error:
        return True
    return text.count("\n", 0) + 1 - begins > _LINES_A_QUOTED_CELL_MAY_SPAN


def guess_separator(text: str) -> str:
    """The separator that gives most rows the same width; the semicolon, Italy's own, where none does."""
    best, best_score = ";", 0.0
    for separator in SEPARATORS:
        score = _regularity(text, separator)
        if score > best_score:
            best, best_score = separator, score
    return best


def _regularity(text: str, separator: str) -> float:
    widths: Counter[int] = Counter()
    try:
        for _number, cells in itertools.islice(_numbered(text, separator), _SAMPLE_ROWS):
            if any(cells):
                widths[len(cells)] += 1
    except csv.Error:
        return 0.0
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return 0.0
    width, count = max(several.items(), key=lambda item: (item[1], item[0]))
    return count / widths.total() + min(width, 50) / 1000
