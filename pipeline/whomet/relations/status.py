"""Status of a mention, computed from the trigger up through its governing predicates.

Every governing word has a signature (status.tsv); the nearest one that says something decides, negation turns it round, and
where none does, tense and mood of the clause decide. Levels: held, planned, proposed, refused, denied.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from whomet.grammar import governors, support_verb
from whomet.relations.lexicon import signatures

NEGATED = {"held": "denied", "planned": "refused", "proposed": "refused", "refused": "proposed", "denied": "held"}
"""What a status becomes when its cue is negated ('did not refuse to meet', 'has not agreed to meet')."""
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "without", "nor", "neither", "hardly"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "would", "to"})
_POSSIBLE = frozenset({"could", "may", "might", "can", "should", "must", "ought"})
_BEFORE = frozenset({"before", "ahead", "prior", "until"})
_AFTER = frozenset({"after", "following", "during", "since", "at", "in", "through", "amid"})


@dataclass(frozen=True, slots=True)
class Told:
    """A status and the token that says so; `firm` when a cue says it, not only the tense."""

    status: str
    cue: Token
    firm: bool


def _key(token: Token) -> str | None:
    """The signature of a token, with its particle when it has one; None when it says nothing."""
    table = signatures()
    kind = {"PROPN": "NOUN", "AUX": "VERB"}.get(token.pos_, token.pos_)
    lemma = token.lemma_.lower()
    if kind == "VERB":
        for child in token.children:
            if child.dep_ in ("prt", "prep", "advmod") and (signature := table.get((f"{lemma}_{child.lower_}", "VERB"))):
                return signature
    signature = table.get((lemma, kind))
    if signature is None and kind == "VERB" and token.tag_ in ("VBN", "VBG") and token.dep_ in ("amod", "acomp"):
        signature = table.get((token.lower_, "ADJ"))
    return signature


def is_negated(token: Token) -> bool:
    """Whether a predicate or noun is negated: 'did not meet', 'no talks', 'never met'."""
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in _NEGATIONS and child.dep_ in ("det", "advmod", "preconj"):
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and child.lower_ in ("nobody", "none", "neither"):
            return True
    return False


def _tense(verb: Token) -> Told:
    """Status that tense and mood of a clause tell when no governing word does."""
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = {child.lower_ for child in auxiliaries}
    cue = auxiliaries[0] if auxiliaries else verb
    if verb.tag_ == "MD":
        words.add(verb.lower_)
    if words & {"will", "shall", "'ll", "’ll", "wo"}:
        return Told("planned", cue, True)
    if "would" in words:
        return Told("planned", cue, False)
    if words & _POSSIBLE:
        return Told("held" if "have" in words and "can" not in words and "must" in words else "proposed", cue, True)
    if any(child.lower_ == "going" for child in verb.children):
        return Told("planned", cue, True)
    if "to" in words and "have" not in words:
        return Told("planned", cue, False)
    return Told("held", cue, False)


def _modified(noun: Token) -> Told | None:
    """Status told by a word in front of a noun: 'a planned meeting', 'possible talks', 'no meeting'."""
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod", "advmod"):
            signature = signatures().get((child.lower_, "ADJ")) or signatures().get((child.lemma_.lower(), "ADJ"))
            if signature is not None:
                return Told(signature, child, True)
    return None


def _flip(told: Told, negated: bool) -> Told:
    return Told(NEGATED[told.status], told.cue, True) if negated else told


def compute_status(trigger: Token, *, headline: bool = False) -> Told:
    """The status of the meeting that `trigger` tells of, as the text presents it.

    headline: headlines use the infinitive for what is to come and the present for what happened.
    """
    nominal = trigger.pos_ not in ("VERB", "AUX")
    if nominal and (told := _modified(trigger)) is not None:
        return _flip(told, is_negated(trigger))
    verb = support_verb(trigger) if nominal else trigger
    start = verb if verb is not None else trigger
    negated = is_negated(trigger) or (start.i != trigger.i and is_negated(start))
    if nominal and verb is not None:
        own = _key(verb)
        if own is not None and own != "held":
            return _flip(Told(own, verb, True), negated)
    inner = start if start.pos_ in ("VERB", "AUX") else None
    finite = inner is not None and _is_finite(inner)
    if inner is not None and finite:
        told = _flip(_tense(inner), negated)
        above = _governing(inner) if told.status in ("planned", "held", "denied") else None
        if above is not None and (not told.firm or above.status in ("refused", "denied")):
            return above
        return told
    return _climb(start, negated, headline)


def _is_finite(verb: Token) -> bool:
    if verb.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return verb.dep_ not in ("amod",)
    return any(child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBD", "VBZ", "VBP", "MD") for child in verb.children)


def _governing(verb: Token) -> Told | None:
    """What a governor says of a finite clause: 'denied that they met', 'proposed that they meet'."""
    if verb.dep_ in ("ccomp", "acl"):
        signature = _key(verb.head)
        if signature in ("denied", "proposed"):
            return _flip(Told(signature, verb.head, True), is_negated(verb.head))
    return None


def _climb(token: Token, negated: bool, headline: bool) -> Told:
    """Walk up from a non-finite or nominal predicate to the first word that says something of it."""
    infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in token.children)
    below = token
    for step in governors(token):
        if step.pos_ == "ADP":
            if step.lower_ in _BEFORE and not infinitive:
                main = next((above for above in governors(step) if above.pos_ in ("VERB", "AUX")), None)
                return Told("denied" if negated else "planned", step if main is None else step, False)
            if step.lower_ == "without":
                return Told("denied", step, True)
            below = step
            continue
        in_scope = below.dep_ not in ("nsubj", "conj") or _is_passive_like(step)
        signature = _key(step) if in_scope or step.pos_ == "ADJ" else None
        if signature is not None and below.dep_ != "relcl" and not (below.dep_ == "advcl" and not infinitive):
            if below.dep_ == "advcl" and infinitive and signature in ("planned", "proposed", "held"):
                below = step
                continue
            told = _flip(Told(signature, step, True), negated or is_negated(step))
            if told.status == "held" and (tense := _tense(step)).status != "held":
                return tense
            return told
        if step.pos_ in ("VERB", "AUX"):
            if step.pos_ == "AUX" and any(child.dep_ == "acomp" and _key(child) for child in step.children):
                adjective = next(child for child in step.children if child.dep_ == "acomp" and _key(child))
                return _flip(Told(_key(adjective) or "held", adjective, True), negated or is_negated(step))
            if infinitive and step.lemma_ == "be" and below.dep_ in ("xcomp", "attr"):
                return _flip(Told("planned", step, True), negated or is_negated(step))
            if _is_finite(step):
                told = _tense(step)
                return _flip(told, negated or (is_negated(step) and told.status == "held" and below.dep_ in ("dobj", "attr", "prep")))
            infinitive = infinitive or any(child.lower_ == "to" and child.dep_ == "aux" for child in step.children)
        below = step
    if infinitive:
        return _flip(Told("planned", token, headline), negated)
    return _flip(Told("held", token, False), negated)


def _is_passive_like(verb: Token) -> bool:
    return any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children) or _key(verb) == "held"
