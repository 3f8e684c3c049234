"""French and English letters as the tokenizer and the index read them."""

import unicodedata

# l'armée is read as armée: the article says nothing and dilutes the mean of a short question.
# n' (a negation) stays, and so does what stands after a letter: aujourd'hui, don't.
ELISION = r"(?i)\b(?:l|d|qu|j|s|c|m|t|jusqu|lorsqu|puisqu|quoiqu)['’](?=\w)"


def fold(text: str) -> str:
    """Lower case without accents, as the tokenizer reads it: "Évêque" -> "eveque"."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
