"""Status of a mention, computed from the trigger up through its governing predicates.

Every governing word has a signature (status.tsv); the nearest one that says something decides, negation turns it round, and
where none does, tense and mood of the clause decide. Levels: held, planned, proposed, refused, denied.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from whomet.grammar import governors, is_light, is_verb, support_verb
from whomet.lexicon import load_words
from whomet.relations.lexicon import signatures, table_pos

NEGATED = {"held": "denied", "planned": "refused", "proposed": "refused", "refused": "proposed", "denied": "held"}
"""What a status becomes when its cue is negated ('did not refuse to meet', 'has not agreed to meet')."""
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "without", "nor", "neither", "hardly"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_POSSIBLE = frozenset({"could", "may", "might", "can", "should", "must", "ought"})
_BEFORE = frozenset({"before", "ahead", "prior", "until"})
_AFTER = frozenset({"after", "following", "since"})
_SCENE = frozenset({"in", "at", "during"})
"""Prepositions that set the scene: 'pledged in talks to ...' says of the talks only when they are."""


@dataclass(frozen=True, slots=True)
class Told:
    """A status and the token that says so; `firm` when a cue says it, not only the tense."""

    status: str
    cue: Token
    firm: bool


def _key(token: Token) -> str | None:
    """The signature of a token, with its particle when it has one; None when it says nothing."""
    table = signatures()
    kind = table_pos(token)
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
        if child.dep_ == "neg" or (child.lower_ in _NEGATIONS and child.dep_ in ("det", "advmod", "preconj")):
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
    if words & _FUTURE:
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
    told = _compute(trigger, headline)
    if headline and told.status == "held" and not told.firm:
        marks = [token for token in trigger.sent if token.i < trigger.i and token.tag_ == "TO" and token.nbor(1).tag_ == "VB"]
        return Told("planned", marks[-1], True) if marks else told
    return told


def _compute(trigger: Token, headline: bool) -> Told:
    nominal = trigger.pos_ not in ("VERB", "AUX")
    modified = _modified(trigger) if nominal else None
    if modified is not None:
        return _flip(modified, is_negated(trigger))
    verb = support_verb(trigger) if nominal else trigger
    start = verb if verb is not None else trigger
    negated = is_negated(trigger) or (start.i != trigger.i and is_negated(start))
    if nominal and verb is not None:
        own = _key(verb)
        if own is not None and own != "held":
            inner = _flip(Told(own, verb, True), negated)
            if _is_finite(verb):
                return inner
            above = _climb(verb, False, headline)
            return _compose(above, inner) if above.firm else inner
    if start.pos_ in ("VERB", "AUX") and _is_finite(start):
        told = _flip(_tense(start), negated)
        governing = _governing(start) if told.status in ("planned", "held", "denied") else None
        if governing is not None and (not told.firm or governing.status in ("refused", "denied")):
            return governing
        return told
    return _climb(start, negated, headline)


def _is_finite(verb: Token) -> bool:
    if verb.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return verb.dep_ not in ("amod",)
    return any(child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBD", "VBZ", "VBP", "MD") for child in verb.children)


def _governing(verb: Token) -> Told | None:
    """What a governor says of a finite clause: 'denied that they met', 'proposed that they meet'."""
    if verb.dep_ not in ("ccomp", "acl"):
        return None
    above = verb.head
    if above.pos_ == "NOUN" and above.lemma_.lower() in load_words("telling_nouns.txt"):
        above = above.head  # 'denied reports that they met'
    signature = _key(above)
    if signature in ("denied", "proposed"):
        return _flip(Told(signature, above, True), is_negated(above))
    return None


def _climb(token: Token, negated: bool, headline: bool) -> Told:
    """Walk up from a non-finite or nominal predicate to the finite verb, composing what each word on the way says of it."""
    infinitive = _is_infinitive(token)
    told: Told | None = None
    below = token
    for step in governors(token):
        if step.pos_ == "ADP" or step.dep_ == "prep":
            if told is None and not infinitive and (placed := _by_preposition(step, negated)) is not None:
                return placed
            if told is None and below.pos_ in ("NOUN", "PROPN") and _is_opaque(step):
                return Told("denied" if negated else "held", step, False)
            below = step
            continue
        signature = _signature_over(below, step, infinitive)
        if signature is not None:
            outer = _flip(Told(signature, step, True), is_negated(step))
            told = _flip(outer, negated) if told is None else _compose(outer, told)
        if is_verb(step):
            finite = _is_finite(step)
            if told is None and finite:
                tense = _tense(step)
                return _flip(
                    tense, negated or (is_negated(step) and tense.status == "held" and below.dep_ in ("dobj", "attr", "prep"))
                )
            if finite:
                if told is not None and told.status == "held" and (tense := _tense(step)).status != "held":
                    return tense
                break
            infinitive = infinitive or _is_infinitive(step)
        below = step
    if told is not None:
        return told
    return _flip(Told("planned" if infinitive else "held", token, infinitive and headline), negated)


def _is_infinitive(token: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in token.children)


def _is_opaque(step: Token) -> bool:
    """Whether what stands above a preposition says nothing of the meeting behind it: 'records of a meeting'."""
    above = step.head
    if step.lower_ == "about":
        return True
    silent = above.pos_ == "NOUN" and _key(above) is None and above.lemma_.lower() in load_words("telling_nouns.txt")
    return silent and step.lower_ in ("of", "from", "on", "after")


def _by_preposition(step: Token, negated: bool) -> Told | None:
    """What 'before', 'after' or 'without' says of the meeting behind it; None for other prepositions."""
    if step.lower_ in _BEFORE:
        return Told("denied" if negated else "planned", step, False)
    if step.lower_ in _SCENE and is_verb(step.head) and not is_light(step.head):
        main = step.head
        return _flip(_tense(main) if _is_finite(main) else _climb(main, False, False), negated)
    if step.lower_ in _AFTER:
        outer = next((above for above in governors(step) if is_verb(above)), None)
        future = outer is not None and _is_finite(outer) and _tense(outer).status == "planned"
        return Told("planned" if future else "held", step, False)
    return Told("denied", step, True) if step.lower_ == "without" else None


def _signature_over(below: Token, step: Token, infinitive: bool) -> str | None:
    """The signature that a governing word has over what stands below it; None when it says nothing or not of it."""
    if step.pos_ == "AUX":
        adjective = next((child for child in step.children if child.dep_ == "acomp" and _key(child) is not None), None)
        if adjective is not None:
            return _key(adjective)
        return "planned" if infinitive and step.lemma_ == "be" and below.dep_ in ("xcomp", "attr") else None
    if below.dep_ == "relcl" and not infinitive:
        return None
    if below.dep_ in ("nsubj", "conj") and not _is_passive_like(step) and step.pos_ != "ADJ":
        return None
    signature = _key(step)
    if below.dep_ == "advcl" and (not infinitive or signature in ("planned", "proposed", "held")):
        return None  # 'agreed a deal to hold talks' says nothing of a purpose, 'cancelled the trip to meet' does
    return signature


def _compose(outer: Told, inner: Told) -> Told:
    """One signature over another: 'rebuffed in his attempts to arrange', 'hopes to agree to meet'."""
    if outer.status in ("refused", "denied") or (outer.status == "proposed" and inner.status == "planned"):
        return outer
    return inner


def _is_passive_like(verb: Token) -> bool:
    return any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children) or _key(verb) == "held"
