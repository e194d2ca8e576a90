"""One layer over the dependency parse: predicates with their arguments, already undone.

Passives, coordination, relative clauses, control and raising, light verbs and nominal predicates are handled here, so that
no other module walks dependency labels. The labels are those of spaCy's English pipelines (CLEAR style).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Token

from whomet.lexicon import load_rows, split_cell

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
CLAUSES = frozenset({"relcl", "ccomp", "advcl", "acl", "csubj", "parataxis"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "ADJ", "DET"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
PREMODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "nummod"})


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a predicate.

    role: agent, patient, poss, compound, controller (subject of the clause that governs a predicate without own subject),
    purpose (an infinitive), or the preposition ('with', 'between', 'in', ...). head: head token of the phrase.
    loose: attached somewhere inside the predicate's clause rather than to the predicate itself.
    """

    role: str
    head: Token
    loose: bool = False


@cache
def _verb_class(name: str) -> frozenset[str]:
    return frozenset(word for row in load_rows("verb_classes.tsv") if row["class"] == name for word in split_cell(row["lemmas"]))


def is_light(verb: Token) -> bool:
    """Whether a verb only carries its noun: 'hold talks', 'attend a summit', 'take part in talks'."""
    return verb.pos_ in ("VERB", "AUX") and verb.lemma_.lower() in _verb_class("light")


def is_past(predicate: Token) -> bool:
    """Whether a predicate, or the verb that carries it, is in a past tense."""
    support = support_verb(predicate) if predicate.pos_ not in ("VERB", "AUX") else None
    verb = support if support is not None else predicate
    return verb.tag_ == "VBD" or any(child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBD", "VBN") for child in verb.children)


def is_report(verb: Token) -> bool:
    """Whether a verb tells what somebody said."""
    return verb.lemma_.lower() in _verb_class("report")


def is_verb(token: Token) -> bool:
    """Whether a token is a verb that heads a clause; 'following' and 'including' as prepositions are not."""
    return token.pos_ in ("VERB", "AUX") and token.dep_ != "prep"


def is_event(verb: Token) -> bool:
    """Whether a verb says of its subject that it happens: 'talks take place', 'the meeting began'."""
    return verb.pos_ in ("VERB", "AUX") and verb.lemma_.lower() in _verb_class("happen")


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated with it, in text order."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and not child.is_punct and not (child.i > 0 and child.nbor(-1).text == "-"):
            found.extend(conjuncts(child))
    return found


def is_passive(verb: Token) -> bool:
    """Whether a verb's subject is its patient; participles that modify a noun count ('talks held in ...')."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        return True
    return verb.dep_ == "acl" and verb.tag_ == "VBN"


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of the grammatical subject of a verb, own or shared through coordination, relative clause or control."""
    if depth > 6:
        return []
    own = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    if own:
        heads = [head for child in own for head in conjuncts(child)]
        if own[0].lower_ in RELATIVE and verb.dep_ in ("relcl", "ccomp", "acl") and verb.head.pos_ in NOMINAL:
            return [verb.head]
        return heads
    head = verb.head
    if head.i == verb.i:
        return []
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        return subjects(head, depth + 1)
    if verb.dep_ in ("acl", "relcl") and head.pos_ in NOMINAL:
        return [head]
    if any(child.dep_ == "expl" for child in verb.children) or (verb.dep_ == "ccomp" and verb.tag_ not in ("VB", "VBG")):
        return []
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "dep") and head.pos_ in ("VERB", "AUX", "ADJ"):
        return _controllers(head, depth)
    if verb.dep_ == "pcomp":
        return _controllers(clause_of(head), depth)
    return []


def _controllers(governor: Token, depth: int) -> list[Token]:
    """Who is understood as subject of an infinitive or gerund under `governor`."""
    if governor.lemma_.lower() in _verb_class("object_control"):
        objects = [head for child in governor.children if child.dep_ in ("dobj", "dative") for head in conjuncts(child)]
        if objects:
            return objects
    predicate = governor.head if governor.pos_ == "ADJ" and governor.dep_ == "acomp" else governor
    return subjects(predicate, depth + 1)


def speaker_of(pronoun: Token) -> list[Token] | None:
    """Subject of the clause that reports the pronoun's own: 'X said he had met Y', 'X denied that it held'; None elsewhere."""
    clause = clause_of(pronoun)
    if pronoun.dep_ not in SUBJECTS or clause.dep_ != "ccomp" or not is_verb(clause.head):
        return None
    return subjects(clause.head) or None


def clause_of(token: Token) -> Token:
    """The nearest verb above a token (itself when it is one), or the root of its sentence."""
    for step in _upward(token):
        if is_verb(step):
            return step
        token = step
    return token


def _upward(token: Token) -> Iterator[Token]:
    yield token
    while token.head.i != token.i:
        token = token.head
        yield token


def governors(token: Token) -> list[Token]:
    """The tokens above `token`, nearest first, up to the root of the sentence."""
    return list(_upward(token))[1:]


def support_verb(noun: Token) -> Token | None:
    """The verb that carries a nominal predicate: 'hold' in 'held talks', 'take' in 'talks took place'; None without one."""
    top = noun
    while top.dep_ == "conj" and top.head.pos_ == "NOUN":
        top = top.head
    head = top.head
    if top.dep_ == "pobj" and head.dep_ == "prep" and head.lower_ == "of" and head.head.lemma_.lower() in _verb_class("measure"):
        return support_verb(head.head)  # 'a series of meetings', 'a round of talks'
    if top.dep_ in ("dobj", "nsubjpass", "attr", "oprd") and is_light(head):
        return head
    if top.dep_ in ("nsubj", "nsubjpass") and (is_light(head) or is_event(head)):
        return head
    if top.dep_ == "pobj" and head.dep_ == "prep" and head.lower_ in ("in", "at", "to", "for") and is_light(head.head):
        return head.head
    return next(
        (child for child in top.children if child.dep_ in ("acl", "relcl") and (is_light(child) or is_event(child))), None
    )


def _purposes(predicate: Token) -> Iterator[Argument]:
    """Infinitives of purpose under nouns of aim: 'in a bid to end the row', 'in an effort to ...'."""
    for child in predicate.children:
        if child.dep_ == "prep" and child.lower_ == "in":
            for pobj in child.children:
                if pobj.lemma_.lower() in _verb_class("aim"):
                    yield from (Argument("purpose", clause) for clause in pobj.children if clause.dep_ in ("acl", "relcl"))
        elif child.dep_ in ("acl", "advcl") and child.lower_ in ("aimed", "aiming", "designed"):
            yield from (Argument("purpose", clause) for clause in child.children if clause.dep_ in ("xcomp", "advcl"))
            yield from (
                Argument("purpose", inner)
                for prep in child.children
                if prep.dep_ == "prep"
                for inner in prep.children
                if inner.dep_ == "pcomp"
            )


def _prepositions(token: Token, *, loose: bool = False) -> Iterator[Argument]:
    for child in token.children:
        if child.dep_ == "prep":
            role = child.lower_
            for pobj in child.children:
                if pobj.dep_ == "pobj":
                    yield from (Argument(role, head, loose) for head in conjuncts(pobj))
                elif pobj.dep_ == "prep":  # 'along with X', 'together with X', 'out of'
                    yield from (
                        Argument(pobj.lower_, head, loose)
                        for inner in pobj.children
                        if inner.dep_ == "pobj"
                        for head in conjuncts(inner)
                    )
                elif pobj.dep_ == "pcomp":
                    yield Argument(role, pobj, loose)
        elif child.dep_ == "agent":
            yield from (
                Argument("agent", head, loose) for pobj in child.children if pobj.dep_ == "pobj" for head in conjuncts(pobj)
            )
        elif child.dep_ == "prt" or (child.dep_ == "advmod" and child.lower_ in ("together", "along")):
            yield from _prepositions(child, loose=loose)


def _loose_prepositions(predicate: Token, direct: set[int]) -> Iterator[Argument]:
    """Prepositional phrases further down in the predicate's own clause, where parsers often hang place and time."""
    stack = [child for child in predicate.children if child.dep_ not in CLAUSES and child.dep_ not in SUBJECTS]
    while stack:
        token = stack.pop()
        if token.dep_ == "prep" and token.lower_ in _verb_class("aside"):
            continue
        for argument in _prepositions(token, loose=True):
            if argument.head.i not in direct:
                yield argument
        stack.extend(child for child in token.children if child.dep_ not in CLAUSES)


def _verb_arguments(verb: Token) -> Iterator[Argument]:
    passive = is_passive(verb)
    for head in subjects(verb):
        yield Argument("patient" if passive else "agent", head)
    for child in verb.children:
        if child.dep_ in ("dobj", "dative") and child.pos_ != "ADP":
            yield from (Argument("patient", head) for head in conjuncts(child))
        elif child.dep_ in ("advcl", "xcomp") and any(grand.lower_ == "to" for grand in child.lefts):
            yield Argument("purpose", child)
    if verb.dep_ in ("acl", "xcomp") and any(child.lower_ == "to" for child in verb.lefts) and verb.head.pos_ == "NOUN":
        for head in _noun_controllers(verb.head):
            yield Argument("controller", head)
    yield from _purposes(verb)
    yield from _prepositions(verb)
    relative = verb.dep_ == "relcl" and any(
        child.lower_ in ("whom", "who", "which") and child.dep_ == "dobj" for child in verb.children
    )
    if relative:
        yield Argument("patient", verb.head)
    for child in verb.children:
        if child.dep_ == "prep" and any(grand.lower_ in ("whom", "which") for grand in child.children):
            yield Argument(child.lower_, verb.head)


def _noun_controllers(noun: Token) -> list[Token]:
    """Who stands behind a noun: its possessor, or the subject of the clause that it belongs to."""
    owners = [
        head for child in noun.children if child.dep_ == "poss" and child.lower_ not in ("its",) for head in conjuncts(child)
    ]
    if owners:
        return owners
    verb = next((step for step in governors(noun) if is_verb(step)), None)
    if verb is None or noun.dep_ in SUBJECTS:
        return []
    if noun.dep_ == "dobj" and not is_light(verb) and any(child.lower_ in ("the", "this", "that") for child in noun.children):
        return []  # 'the union welcomed the talks' does not tell of its own
    between = [step for step in governors(noun) if step.i != verb.i and step not in governors(verb)]
    if any(step.dep_ in SUBJECTS for step in [noun, *between] if step.i != verb.i):
        return []
    return subjects(verb)


def _noun_arguments(noun: Token) -> Iterator[Argument]:
    for child in noun.children:
        if child.dep_ == "poss":
            yield from (Argument("poss", head) for head in conjuncts(child))
        elif child.dep_ in PREMODIFIERS:
            yield from (Argument("compound", head) for head in conjuncts(child))
        elif child.dep_ in ("acl", "relcl") and not is_light(child) and not is_event(child):
            yield from (
                Argument("by" if argument.role == "agent" and is_passive(child) else argument.role, argument.head, True)
                for argument in _clause_arguments(child, noun)
            )
    yield from _purposes(noun)
    yield from _prepositions(noun)
    verb = support_verb(noun)
    if verb is not None:
        for argument in _verb_arguments(verb):
            if argument.head.i != noun.i and noun not in conjuncts(argument.head):
                joined = verb.lemma_ == "join" and argument.role == "patient"  # 'joined her for talks'
                yield replace(argument, role="with") if joined else argument
    for head in _noun_controllers(noun):
        yield Argument("controller", head)
    for head in _listeners(noun):
        yield Argument("controller", head)


def _listeners(noun: Token) -> list[Token]:
    """Who is told something in an event: 'in a meeting, X told Y that ...'."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "during", "at", "after", "following"):
        return []
    verb = noun.head.head
    if verb.lemma_.lower() not in _verb_class("tell"):
        return []
    return [head for child in verb.children if child.dep_ in ("dobj", "dative") for head in conjuncts(child)]


def _clause_arguments(verb: Token, noun: Token) -> Iterator[Argument]:
    """Arguments of a clause on a noun, without the noun itself: 'talks attended by X', 'a summit that brought together X'."""
    return (argument for argument in _verb_arguments(verb) if argument.head.i != noun.i)


def arguments(predicate: Token) -> list[Argument]:
    """All arguments of a verbal or nominal predicate, direct ones first, each head once per role."""
    found: list[Argument] = []
    seen: set[tuple[str, int]] = set()
    source = _verb_arguments(predicate) if predicate.pos_ in ("VERB", "AUX") else _noun_arguments(predicate)
    for argument in source:
        if (argument.role, argument.head.i) not in seen:
            seen.add((argument.role, argument.head.i))
            found.append(argument)
    direct = {argument.head.i for argument in found}
    verb = predicate if predicate.pos_ in ("VERB", "AUX") else support_verb(predicate)
    for top in (predicate, verb):
        if top is not None:
            for argument in _loose_prepositions(top, direct):
                if (argument.role, argument.head.i) not in seen:
                    seen.add((argument.role, argument.head.i))
                    found.append(argument)
    return found


def phrase(head: Token, *, clauses: bool = True) -> tuple[int, int]:
    """Token range (start, end-exclusive) of the phrase under `head`, without its further conjuncts.

    clauses: whether relative and other clauses on the head belong to it.
    """
    drop = {"conj", "cc", "punct", "preconj"}
    dropped_clauses = CLAUSES if not clauses else frozenset({"parataxis"})
    start, end = head.i, head.i + 1
    stack = [head]
    while stack:
        token = stack.pop()
        start, end = min(start, token.i), max(end, token.i + 1)
        for child in token.children:
            if token.i == head.i and (child.dep_ in drop or child.dep_ in dropped_clauses):
                continue
            stack.append(child)
    return start, end


def preposition_over(token: Token) -> str | None:
    """The preposition that a phrase stands under, through lists and modifiers: 'Oslo' in 'in Bergen and Oslo'; None for none."""
    for _ in range(5):
        if token.dep_ == "pobj":
            return token.head.lower_
        if token.dep_ not in ("conj", "appos", "compound", "nmod", "poss") or token.head.i == token.i:
            return None
        token = token.head
    return None


MOST_STEPS = 40
"""Most steps up a sentence that `steps_between` takes."""


def steps_between(one: Token, other: Token) -> int:
    """How many arcs of the parse lie between two tokens; 60 when no way joins them."""
    above = {one.i: 0}
    for step, token in enumerate(_line_up(one), 1):
        above[token.i] = step
    for step, token in enumerate((other, *_line_up(other))):
        if token.i in above:
            return step + above[token.i]
    return 60


def _line_up(token: Token) -> Iterator[Token]:
    for _ in range(MOST_STEPS):
        if token.head.i == token.i:
            return
        token = token.head
        yield token
