"""Status of a mention, computed from the trigger up through its governing predicates.

Every governing word has a signature (status.tsv); the nearest one that says something decides, negation turns it round, and
where none does, tense and mood of the clause decide. Levels: held, planned, proposed, refused, denied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from whomet.grammar import CLAUSES, SUBJECTS, clause_of, governors, is_event, is_passive, is_past, is_verb, support_verb
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
_JOINING = frozenset({"participate", "engage", "take", "join", "enter", "get"})
"""Verbs that carry the noun behind such a preposition: 'take part in talks', 'engage in dialogue'."""
_TAKING_PART = frozenset({"participation", "part", "presence", "attendance", "role", "seat", "place", "interest", "involvement"})
_PURPOSE = frozenset({"aim", "intend", "gear", "design", "commit"})
"""Verbs whose subject is not planned by them: 'the talks are aimed at'."""
_LIKELY = frozenset({"likely", "unlikely", "possible", "due", "poised", "bound"})
"""Adjectives that a meeting can be, with a signature: 'talks are unlikely'."""
_TRIPS = frozenset({"visit", "trip", "tour"})
_RUN_UP = frozenset({"run", "lead", "leading", "build"})
_COMPLETING = frozenset({"conclude", "complete", "end", "wrap", "finish"})
_MOTION = frozenset({"come", "go", "travel", "fly", "head", "arrive", "leave", "return"})
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "tonight", "tomorrow"})
_DURING = frozenset({"as", "when", "before", "until", "once", "while"})
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


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
    state = kind == "VERB" and token.tag_ in ("VBN", "VBG") and (token.dep_ in ("amod", "acomp") or _is_state(token))
    if state and (signature := table.get((token.lower_, "ADJ"))):
        return signature
    return table.get((lemma, kind)) or table.get((token.lower_, kind))


def _is_state(participle: Token) -> bool:
    return any(child.dep_ == "auxpass" for child in participle.children)


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
        above = _climb(trigger, False, headline)
        undone = modified.status in ("planned", "proposed") and above.firm and above.status in ("refused", "denied")
        return above if undone else _flip(modified, is_negated(trigger))
    verb = _carrier(trigger) if nominal else trigger
    start = verb if verb is not None else trigger
    negated = is_negated(trigger) or (start.i != trigger.i and is_negated(start))
    if nominal and verb is not None:
        own = _key(verb)
        if own is not None and own not in ("held", "denied"):
            inner = _flip(Told(own, verb, True), negated)
            if _is_finite(verb):
                return inner
            above = _climb(verb, False, headline)
            return _compose(above, inner) if above.firm else inner
    if start.pos_ in ("VERB", "AUX") and _is_finite(start):
        told = _flip(_tense(start), negated)
        if told.status == "held" and not told.firm and not headline and _is_to_come(start):
            return Told("planned", start, True)
        governing = _governing(start) if told.status in ("planned", "held", "denied") else None
        if governing is not None and (not told.firm or governing.status in ("refused", "denied")):
            past = told.status == "held" and governing.status == "refused"
            return Told("denied", governing.cue, True) if past else governing  # 'dismissed reports that they had met'
        return told
    above = _climb(start, negated, headline)
    undone = nominal and start.lemma_.lower() in _COMPLETING and above.status not in ("held", "planned")
    return Told("held", start, False) if undone else above  # 'failed to wrap up the talks' tells of talks


def _carrier(noun: Token) -> Token | None:
    """The verb that carries a nominal trigger; None where the noun only sets the scene ('offered a treaty at talks')."""
    verb = support_verb(noun)
    if (
        verb is not None
        and verb.lemma_ == "be"
        and any(child.dep_ == "acomp" and child.lower_ in _LIKELY for child in verb.children)
    ):
        return None  # 'talks are unlikely'
    if verb is None or noun.dep_ != "pobj" or noun.head.lower_ not in _SCENE or verb.lemma_.lower() in _JOINING:
        return verb
    return None


def _is_to_come(verb: Token) -> bool:
    """Whether a present tense tells of what is to come: 'meets Rojas on Friday', 'will face protests when she arrives'."""
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    present = verb.tag_ in ("VBZ", "VBP") and not auxiliaries
    progressive = (
        verb.tag_ == "VBG" and verb.lemma_ not in ("host", "hold") and any(child.tag_ in ("VBZ", "VBP") for child in auxiliaries)
    )
    if not present and not progressive:
        return False
    inside = [
        token
        for child in verb.children
        if child.dep_ not in CLAUSES and child.dep_ not in SUBJECTS
        for token in child.subtree
        if not any(step.dep_ in CLAUSES for step in [token, *governors(token)] if child.is_ancestor(step) or step.i == child.i)
    ]
    named = any(
        token.lower_ in _DAYS
        and not any(child.dep_ in ("amod", "det") for child in token.children)
        and (token.dep_ != "pobj" or token.head.lower_ == "on")
        for token in inside
    )
    if named and not any(_YEAR.fullmatch(token.text) for token in inside):  # 'X meets Y on Monday, 5 May 2014' is a caption
        return True
    during = verb.dep_ == "advcl" and any(child.dep_ in ("mark", "advmod") and child.lower_ in _DURING for child in verb.children)
    main = verb.head
    return (
        present
        and during
        and is_verb(main)
        and (_tense(main) if _is_finite(main) else _climb(main, False, False)).status == "planned"
    )


def _is_finite(verb: Token) -> bool:
    if (
        verb.tag_ == "VBP"
        and verb.dep_ == "conj"
        and verb.head.tag_ not in ("VBP", "VBZ")
        and not any(child.dep_ == "nsubj" for child in verb.children)
    ):
        return False  # 'will open the fair, meet Rojas and ...'
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
        if _key(above) == "refused":
            return Told("refused", above, True)  # 'rejected suggestions that they might meet'
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
        if told is None and _is_there_for(token, below, step):
            return _flip(Told("planned", step, False), negated)
        signature = _signature_over(below, step, infinitive)
        if signature is not None:
            outer = _flip(Told(signature, step, True), is_negated(step))
            told = _flip(outer, negated) if told is None else _compose(outer, told)
        if is_verb(step):
            finite = _is_finite(step)
            if told is None and infinitive and any(child.lower_ == "yet" for child in step.children) and step.lemma_ == "have":
                return Told("denied", step, True)  # 'has yet to meet'
            if told is None and finite:
                tense = _tense(step)
                return _flip(
                    tense, negated or (is_negated(step) and tense.status == "held" and below.dep_ in ("dobj", "attr", "prep"))
                )
            if finite:
                if told is not None and told.status == "held" and (tense := _tense(step)).status != "held":
                    return tense
                above = _governing(step) if told is not None and told.status in ("planned", "proposed") else None
                return above if above is not None and above.status == "refused" else told or Told("held", step, False)
            infinitive = infinitive or _is_infinitive(step)
        below = step
    if told is not None:
        return told
    return _flip(Told("planned" if infinitive else "held", token, infinitive and headline), negated)


def _is_there_for(token: Token, below: Token, step: Token) -> bool:
    """Whether somebody is at a place, or going there, for what is to come: 'is in Oslo to meet', 'is coming for talks'."""
    on_the_way = step.tag_ == "VBG" and step.lemma_.lower() in _MOTION and _is_finite(step)
    if not on_the_way and (step.lemma_ != "be" or step.tag_ not in ("VBZ", "VBP")):
        return False
    if token.lemma_ in _TRIPS:
        return False  # 'is in Oslo for a visit' is the visit
    purpose = below.dep_ == "advcl" and below.i == token.i and _is_infinitive(token)
    return purpose or (below.lower_ == "for" and token.head.i == below.i)


def _is_infinitive(token: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in token.children)


def _is_opaque(step: Token) -> bool:
    """Whether what stands above a preposition says nothing of the meeting behind it: 'records of a meeting'."""
    above = step.head
    if step.lower_ == "about" or (step.lower_ == "on" and above.pos_ == "NOUN" and _key(above) is None):
        return True
    silent = above.pos_ == "NOUN" and _key(above) is None and above.lemma_.lower() in load_words("telling_nouns.txt")
    return silent and step.lower_ in ("of", "from", "on", "after")


def _by_preposition(step: Token, negated: bool) -> Told | None:
    """What 'before', 'after' or 'without' says of the meeting behind it; None for other prepositions."""
    if _is_before(step):
        over = any(token.lower_ == "last" for child in step.children for token in child.subtree)
        return Told("denied" if negated else "held" if over else "planned", step, False)
    if step.lower_ in _SCENE and step.head.lemma_.lower() not in _TAKING_PART:
        main = clause_of(step.head)
        if main.i == step.head.i or (main.pos_ in ("VERB", "AUX") and (step.lower_ == "during" or _is_object(step.head))):
            return _flip(_at_scene(main, step), negated) if is_verb(main) else None
    if step.lower_ in _AFTER:
        outer = next((above for above in governors(step) if is_verb(above)), None)
        future = outer is not None and _is_finite(outer) and _tense(outer).status == "planned"
        return Told("planned" if future else "held", step, False)
    return Told("denied", step, True) if step.lower_ == "without" else None


def _is_before(step: Token) -> bool:
    """Whether a preposition puts what is behind it later: 'before', 'ahead of', 'prior to', 'in the run-up to'."""
    if step.lower_ in _BEFORE:
        return True
    words = [token.lower_ for token in step.doc[max(0, step.i - 3) : step.i]]
    if step.lower_ == "of":
        return words[-1:] == ["ahead"]
    return step.lower_ == "to" and (words[-1:] == ["prior"] or (words[-1:] == ["up"] and bool(_RUN_UP & set(words))))


def _is_object(noun: Token) -> bool:
    """Whether a noun is what a verb acts on: behind it a preposition may as well hang on the verb."""
    return noun.pos_ in ("NOUN", "PROPN") and noun.dep_ in ("dobj", "pobj", "attr")


def _at_scene(main: Token, scene: Token) -> Told:
    """What an act says of the meeting at which it is done: 'pledged in talks', 'hopes to raise it at the summit'."""
    if main.dep_ == "acl" and main.tag_ == "VBN" and scene.lower_ == "during":
        return Told("held", main, False)  # 'agreements made during a visit'
    told = _tense(main) if _is_finite(main) else _climb(main, False, False)
    if told.status in ("held", "planned"):
        return told
    finite = next((step for step in [main, *governors(main)] if is_verb(step) and _is_finite(step)), None)
    past = finite is not None and is_past(finite)
    return Told("held" if past or told.status in ("refused", "denied") else "planned", told.cue, False)


def _signature_over(below: Token, step: Token, infinitive: bool) -> str | None:
    """The signature that a governing word has over what stands below it; None when it says nothing or not of it."""
    if step.pos_ == "AUX":
        adjective = next((child for child in step.children if child.dep_ == "acomp" and _key(child) is not None), None)
        if adjective is not None:
            return "planned" if adjective.lower_ == "unlikely" and _does_little(below, adjective) else _key(adjective)
        return "planned" if infinitive and step.lemma_ == "be" and below.dep_ in ("xcomp", "attr") else None
    if below.dep_ == "relcl" and not infinitive:
        return None
    if below.dep_ in ("nsubj", "conj") and not _is_passive_like(step) and step.pos_ != "ADJ":
        return None
    signature = _key(step)
    if step.lemma_.lower() == "call" and step.pos_ == "NOUN" and below.lower_ != "for" and not infinitive:
        return None  # 'the first call and conversation'
    if below.dep_ == "dobj" and step.lemma_.lower() == "ask":
        return None  # 'she asked a conference in Oslo' tells of what was said there
    if below.dep_ == "nsubjpass" and step.lemma_.lower() in _PURPOSE:
        return None
    if below.dep_ == "advcl" and (not infinitive or signature in ("planned", "proposed", "held")):
        return None  # 'agreed a deal to hold talks' says nothing of a purpose, 'cancelled the trip to meet' does
    return signature


def _does_little(below: Token, adjective: Token) -> bool:
    """Whether a meeting is said to be unlikely to bring something, not to be unlikely itself."""
    effect = next((child for child in adjective.children if child.dep_ == "xcomp"), None)
    if effect is None or below.dep_ not in ("nsubj", "csubj") or is_passive(effect):
        return False
    return not is_event(effect) or any(child.dep_ == "dobj" and child.lower_ != "place" for child in effect.children)


def _compose(outer: Told, inner: Told) -> Told:
    """One signature over another: 'rebuffed in his attempts to arrange', 'hopes to agree to meet'."""
    if outer.cue.lemma_.lower() == "accept" and inner.cue.head.i == outer.cue.i:
        return outer  # 'accepted an invitation to meet'
    if outer.status in ("refused", "denied") or (outer.status == "proposed" and inner.status == "planned"):
        return outer
    return inner


def _is_passive_like(verb: Token) -> bool:
    return any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children) or _key(verb) == "held"
