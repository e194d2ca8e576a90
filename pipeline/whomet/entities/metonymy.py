"""Whether a name of a country or city stands for those who act for it ('Seoul said') or for the place ('in Seoul')."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from whomet.lexicon import load_words

_LIMITS: Final = frozenset({"border", "boundary", "frontier", "line", "road", "bridge", "route", "flight", "way", "crossing"})
_LOCATIVE: Final = frozenset(
    "in at near from to into across around outside inside through via over toward towards throughout within off".split()
)


def is_located(root: Token) -> bool:
    """Whether the name with head token `root` stands where a place stands: 'in Seoul', 'left for Paris'."""
    while root.dep_ == "conj" and root.head.i != root.i:
        root = root.head
    return root.dep_ == "pobj" and root.head.lower_ in _LOCATIVE


def acts(root: Token) -> bool:
    """Whether the name with head token `root` stands for a government or people: metonymy, in actor position only."""
    while root.dep_ == "conj" and root.head.i != root.i and root.head.pos_ in ("PROPN", "NOUN"):
        root = root.head
    head = root.head
    if root.dep_ in ("nsubj", "nsubjpass", "csubj"):
        return _is_act(head, passive=root.dep_ == "nsubjpass")
    if root.dep_ in ("dobj", "dative", "iobj"):
        return head.lemma_.lower() in load_words("entity_addressed_verbs.txt")
    if root.dep_ == "pobj":
        return _is_partner(head)
    if root.dep_ == "poss":
        return head.lemma_.lower() in load_words("entity_act_nouns.txt")
    return False


def _is_act(verb: Token, *, passive: bool) -> bool:
    """Whether a subject of this verb acts rather than lies, stays or is described."""
    if verb.pos_ not in ("VERB", "AUX"):
        return False
    if verb.lemma_.lower() in load_words("entity_place_verbs.txt"):
        return False
    return not passive or verb.lemma_.lower() in load_words("entity_addressed_verbs.txt")


def _is_partner(preposition: Token) -> bool:
    """Whether the object of a preposition is dealt with: 'with Tokyo', 'between A and B', 'accused by Tokyo'."""
    word, governor = preposition.lower_, preposition.head
    if word == "by":
        return governor.tag_ == "VBN" or governor.lemma_.lower() in load_words("entity_act_nouns.txt")
    if word in ("with", "between", "against"):
        return governor.pos_ in ("VERB", "AUX", "NOUN", "PROPN", "ADJ") and governor.lemma_.lower() not in _LIMITS
    return False
