"""The choice among an article's parties: its arithmetic, its fit, its shipped weights."""

import math

import pytest

from whomet.entities.choice import LEAST, WEIGHTS, choose, weigh
from whomet.entities.gazetteer import Party, find_party
from whomet.models import load_weights
from whomet.teach.parties import Example, check, fit


def country(name: str) -> Party:
    known = find_party(name)
    assert known is not None
    return known.party


NORWAY, CHILE = country("Norway"), country("Chile")


def test_chances_add_up_to_less_than_one_since_it_may_be_none() -> None:
    chances = weigh({"near": 2.0, "far": -1.0}, {NORWAY: {"near": 1.0}, CHILE: {"far": 1.0}})
    whole = math.exp(2) + math.exp(-1) + 1
    assert chances == pytest.approx({NORWAY: math.exp(2) / whole, CHILE: math.exp(-1) / whole})


def test_large_weights_do_not_overflow() -> None:
    assert weigh({"near": 5000.0}, {NORWAY: {"near": 1.0}, CHILE: {"near": -1.0}}) == pytest.approx({NORWAY: 1.0, CHILE: 0.0})


def test_nothing_offered_is_nothing_chosen() -> None:
    assert choose({}) is None


def test_a_party_that_little_speaks_for_is_not_chosen() -> None:
    weights = load_weights(WEIGHTS)
    against = min(weights, key=lambda name: weights[name])
    assert weigh(weights, {NORWAY: {against: 3.0}})[NORWAY] < LEAST
    assert choose({NORWAY: {against: 3.0}}) is None


def test_the_fit_finds_what_tells_the_annotated_party_from_others() -> None:
    def example(place: int) -> Example:
        return Example(
            f"outlet {place}", {"norway": {"subject": 1.0, "noise": place % 2}, "chile": {"noise": 1 - place % 2}}, "norway"
        )

    weights = fit([example(place) for place in range(40)])
    assert weights["subject"] > 1.0
    assert abs(weights["noise"]) < weights["subject"]
    assert all(right and chance > 0.5 for chance, right in check(weights, [example(place) for place in range(4)]))


def test_the_fit_learns_to_offer_nobody() -> None:
    examples = [Example("outlet", {"norway": {"far": 1.0}, "chile": {"far": 0.5}}, None) for _ in range(40)]
    weights = fit(examples)
    assert weights["far"] < 0.0
    assert all(not right and chance < LEAST for chance, right in check(weights, examples))
