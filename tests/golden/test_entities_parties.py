"""Whom a named person speaks for, by class of wording. Every sentence and every fact is invented but for known office holders."""

from __future__ import annotations

import pytest

from whomet.build import Pipeline
from whomet.entities import ActorTable
from whomet.records import Article
from whomet.view import TextView

BODIES = [
    # a body in brackets behind the name, one that only an apposition or an owner shows
    ("Helen Carver (Fjordjet) and Peter Berg (Lufthansa) spoke.", "Helen Carver", "Fjordjet"),
    ("Helen Carver (Fjordjet) and Peter Berg (Lufthansa) spoke.", "Peter Berg", "Lufthansa"),
    ("Governor Helen Carver (R) spoke on Friday.", "Helen Carver", None),
    # roles of leaders and members behind the name, bodies told by their head noun
    ("Helen Carver, a co-founder of the Nordic Kelp Institute and a farmer, spoke.", "Helen Carver", "Nordic Kelp Institute"),
    ("Kari Lund, the leader of the ruling Law and Fish Party, spoke.", "Kari Lund", "Law and Fish Party"),
    ("Kari Lund, director-general of the NKI business umbrella organisation, spoke.", "Kari Lund", "NKI"),
    # a bracketed acronym between a body and the role
    ("The National Kelp Front (NKF) leader Kari Lund spoke.", "Kari Lund", "National Kelp Front"),
    # a body with a country or nation in its name
    ("The Sri Lanka Red Cross Society chairman Peter Berg spoke.", "Peter Berg", "Sri Lanka Red Cross Society"),
    ("Kari Lund, president of the Norway Association of Greater Lima, spoke.", "Kari Lund", "Norway Association of Greater Lima"),
    ("Bolivian Kelp Organization leader Juan Rojas spoke.", "Juan Rojas", "Bolivian Kelp Organization"),
    ("Chilean Security Council chief Juan Rojas spoke.", "Juan Rojas", "Chile"),
    # clubs and the campaign of a person
    ("Newcastle manager Peter Berg spoke.", "Peter Berg", "Newcastle"),
    ("Chicago Cubs shortstop Mark Fielding left.", "Mark Fielding", "Chicago Cubs"),
    ("Former Newcastle manager Peter Berg spoke.", "Peter Berg", None),
    ("Lund campaign manager Peter Berg spoke. Kari Lund was there.", "Peter Berg", "Lund campaign"),
    ("Helen Carver, a former Lund campaign adviser, spoke. Kari Lund was there.", "Helen Carver", "Lund campaign"),
    # acronyms of bodies that the world knows, by their full name
    ("PLO chairman Sami Haddad spoke.", "Sami Haddad", "Palestine Liberation Organization"),
    ("The DUP leader Helen Carver spoke.", "Helen Carver", "Democratic Unionist Party"),
    # deeds
    ("Kari Lund, who leads the Nordic Kelp Institute, spoke.", "Kari Lund", "Nordic Kelp Institute"),
    # candidates and leaders of political parties; a party of that name abroad is another one
    ("Democratic nominee Kari Lund spoke.", "Kari Lund", "Democratic Party"),
    ("Republican presidential candidate Mark Fielding met voters.", "Mark Fielding", "Republican Party"),
    ("Labour leader Helen Carver met union chiefs.", "Helen Carver", "Labour Party"),
    ("French Republican candidate Marc Dufour spoke.", "Marc Dufour", "France"),
    # entries of a list: name, title, body
    ("Kari Lund, Director, Nordic Kelp Institute; Juan Rojas, Minister of Fish, Chile.", "Kari Lund", "Nordic Kelp Institute"),
    ("Kari Lund, Director, Nordic Kelp Institute; Juan Rojas, Minister of Fish, Chile.", "Juan Rojas", "Chile"),
    ("Kari Lund - Director, Nordic Kelp Institute\nPeter Berg spoke.\n", "Kari Lund", "Nordic Kelp Institute"),
    # 'of' apart from the name or with a word in front of the body
    ("Kari Lund of Norway; Peter Berg, of Fjordbank; and Juan Rojas of Chile met.", "Peter Berg", "Fjordbank"),
    ("Kari Lund met Ola Nord of the ruling Fish Party.", "Ola Nord", "Fish Party"),
    # two names behind a plural role; roles of three words; the role of a list's next name is not this one's
    ("The Fjordbank directors, Kari Lund and Ola Nord, met unions.", "Ola Nord", "Fjordbank"),
    ("Fjordbank's chief executive, Kari Lund, and finance director, Ola Nord, met unions.", "Ola Nord", "Fjordbank"),
    ("Astrophysicist Professor Kari Lund of Tromso University spoke.", "Kari Lund", "Tromso University"),
    ("He met GM's president, Dan Carver, Vauxhall director, Rory Berg, and others.", "Dan Carver", "GM"),
    ("UNICEF Representative in Chile Kari Lund met Juan Rojas.", "Kari Lund", "UNICEF"),
    # the whole name of a body behind 'the'; a committee of a parliament is no body; a friend of a body is none of it
    ("Kari Lund, a co-founder of the Arab American Institute, spoke.", "Kari Lund", "Arab American Institute"),
    ("Committee on Public Fish Chairman Kari Lund spoke.", "Kari Lund", None),
    ("Kari Lund, a useful ally of Chile in the European Union, spoke.", "Kari Lund", None),
    ("Norway waited. Norway agreed. General Manager Kari Lund spoke.", "Kari Lund", None),
    # what a title points back to
    ("Fjordland Media grew. The company's president, Peter Berg, agreed.", "Peter Berg", "Fjordland Media"),
    ("The European Union agreed. Its special representative, Peter Berg, flew to Lima.", "Peter Berg", "European Union"),
    ("Talks with the European Union failed. Its special representative, Peter Berg, left.", "Peter Berg", None),
]
STATES = [
    # envoys speak for who sent them, not for where they are; a field of work in small letters
    ("Norway's Ambassador to Lima Kari Lund met reporters.", "Kari Lund", "Norway"),
    ("Norwegian Ambassador to Chile Kari Lund spoke.", "Kari Lund", "Norway"),
    ("Chile's special representative for peace affairs Pablo Rojas spoke.", "Pablo Rojas", "Chile"),
    ("Norway's minister for fish relations Kari Lund spoke.", "Kari Lund", "Norway"),
    ("The Israeli military’s hostages chief, Dan Mizrahi, spoke.", "Dan Mizrahi", "Israel"),
    ("European Fisheries Commissioner Kari Lund spoke.", "Kari Lund", "European Union"),
    ("People’s Bank of China Governor Zhou Wenhao spoke.", "Zhou Wenhao", "China"),
    # regions of a country
    ("Lagos State Governor Ade Okoro spoke.", "Ade Okoro", "Nigeria"),
    ("Illinois State Representative Mark Fielding spoke.", "Mark Fielding", "United States"),
    ("Kvalsund County Governor Mark Fielding spoke.", "Mark Fielding", None),
    ("Kursk regional governor Ivan Petrov spoke.", "Ivan Petrov", "Russia"),
    ("The acting governor of Kursk region, Ivan Petrov, spoke.", "Ivan Petrov", "Russia"),
    ("Aleppo Mayor Sami Haddad met Paris officials.", "Sami Haddad", "Syria"),
    # the ambassador at a body speaks for a state, and not for the one where he is posted
    ("Norway's delegation, headed by United Nations ambassador Kari Lund, arrived.", "Kari Lund", "Norway"),
    ("He met Deputy Ambassador to Chile, Kari Lund, on 8 August.", "Kari Lund", None),
    # one modifier for a list of titled names; two heads of government are no list
    ("Norwegian President Kari Lund, Prime Minister Ola Nord and Mines Minister Per Dahl met Chileans.", "Ola Nord", "Norway"),
    ("The president met Norwegian Foreign Minister Kari Lund and Fisheries Minister Ola Nord in Chile.", "Ola Nord", "Norway"),
    ("Norwegian President Kari Lund and Prime Minister Ola Nord met.", "Ola Nord", None),
    # the country of the other side
    ("In talks between Foreign Minister Ola Nord and Russian Ambassador Ivan Petrov, fish came up.", "Ola Nord", None),
    # roles told by a verb, a central banker, a name whose second part stands apart
    ("Kari Lund, who serves as Norway’s coordinator for whales, spoke.", "Kari Lund", "Norway"),
    ("Norway waited. Lund, who served as an envoy of Chile, left. Kari Lund spoke.", "Kari Lund", None),
    ("Norwegian Central Banker Kari Lund met Chilean bankers.", "Kari Lund", "Norway"),
    ("Lee Min-jae, South Korea’s special representative for Korean peace, spoke.", "Lee Min-jae", "South Korea"),
    # two people, not one with two titles
    ("Israel waited. Israel agreed. The top US diplomat and Prime Minister Dan Mizrahi met.", "Dan Mizrahi", "Israel"),
    # what the world knows of full names, against one stray country
    ("The protests in the United States and China worry President Dilma Rousseff.", "Dilma Rousseff", "Brazil"),
    ("He is a guest of President Francesco Cossiga.", "Francesco Cossiga", "Italy"),
    ("Prince William arrived.", "William", "United Kingdom"),
    # initials, other spellings, a surname that its title makes clear, one that the article decides
    ("Donald J. Trump spoke.", "Donald J. Trump", "United States"),
    ("Anura Kumara Disanayake spoke.", "Anura Kumara Disanayake", "Sri Lanka"),
    ("President Reagan left. Susan Reagan stayed at home with President Reagan.", "Susan Reagan", "United States"),
    ("Seoul and South Korea waited. South Korean envoys met. President Lee left.", "Lee", "South Korea"),
]


OFFICES = [
    # a body's name and its head's in one span of the recogniser; a body of one word less is no person
    ("He met Director of the Nordic Kelp Institute Pavel Dorokhin on Friday.", "Pavel Dorokhin", "Nordic Kelp Institute"),
    ("Vladimir Putin met with Head of the Federal Taxation Service Pavel Dorokhin.", "Pavel Dorokhin", "Russia"),
    ("Marc Morel, President of the National Kelp League, spoke.", "Marc Morel", "National Kelp League"),
    ("Vladimir Putin met with Director of the Federal Service for Fish Monitoring Pavel Dorokhin.", "Pavel Dorokhin", "Russia"),
    # an office inside the name of a body; agencies of governments
    ("USAID Administrator Samantha Poole met farmers.", "Samantha Poole", "United States"),
    ("Jim Harlow, the NASA administrator, met Russian cosmonauts.", "Jim Harlow", "United States"),
    ("Peter Berg, head of Norway's National Intelligence Organization (NIO), spoke.", "Peter Berg", "Norway"),
    ("Acting National Prosecuting Authority head Peter Berg told South Africans.", "Peter Berg", "South Africa"),
    # whose government, where the article names only its head; the ministry that is named; not the other side's
    ("Deputy Prime Minister Pavel Dorokhin spoke. Vladimir Putin thanked him.", "Pavel Dorokhin", "Russia"),
    ("Deputy Fisheries Minister Kari Lund discussed Chile, the Norwegian Fisheries Ministry said.", "Kari Lund", "Norway"),
    ("National Security Advisor Jack Sandler met with Indian National Security Advisor Anil Kaul.", "Anil Kaul", "India"),
    # whose man somebody is: 'his', 'the president' behind 'to'
    ("Kari Lund of Norway met Chileans. Her fish minister, Ola Nord, was there.", "Ola Nord", "Norway"),
    ("Kari Lund of Norway met Chileans. Her lawyer, Ola Nord, was there.", "Ola Nord", None),
    # a rank between a title and the name, ranks in front of a role, 'First' that opens a title
    ("Norway's army chief, General Ola Nord, met Chileans.", "Ola Nord", "Norway"),
    ("First Vice Foreign Minister Lee Min-jae spoke, the South Korean foreign ministry said.", "Lee Min-jae", "South Korea"),
    ("Kari Lund, commander-in-chief of the Nordic Kelp Front, spoke.", "Kari Lund", "Nordic Kelp Front"),
    # a country's name that closes a longer one, a nation's people in a body's name
    ("Northern Ireland Secretary Chris Heaton spoke.", "Chris Heaton", "United Kingdom"),
    ("New Mexico Governor Mark Fielding spoke.", "Mark Fielding", "United States"),
    ("Kari Lund, leader of the Kelp Democratic Party, spoke.", "Kari Lund", "Kelp Democratic Party"),
    ("Norwegian Farmers' Association President Kari Lund spoke.", "Kari Lund", "Norwegian Farmers' Association"),
    # acronyms that the recogniser missed in front of a firm's role; boards; a chairman of a national committee
    ("NKIO General Secretary Kari Lund said the union agreed.", "Kari Lund", "NKIO"),
    ("Peter Berg, head of the Fjordbank Management Board, spoke.", "Peter Berg", "Fjordbank"),
    ("RNC Chairwoman Helen Carver spoke.", "Helen Carver", "Republican Party"),
    ("Secretary of State for Business Helen Carver spoke.", "Helen Carver", "United Kingdom"),
    # the host in a capital; a nation of the bearer only; clergy; an adviser's title; a governor's region is no body
    (
        "Kari Lund flew to Yerevan and was received by Prime Minister Vahagn Simonyan. Georgia waited.",
        "Vahagn Simonyan",
        "Armenia",
    ),
    ("Fjordland Media grew. The company's Ghanaian chairman, Kofi Badu, agreed.", "Kofi Badu", "Fjordland Media"),
    ("Archbishop Ignacio Baluyot of Kvalsund spoke.", "Ignacio Baluyot", "Catholic Church"),
    ("Norway agreed. Norway voted. Senior adviser to the prime minister Kari Lund spoke.", "Kari Lund", "Norway"),
    ("The Premier of Prince Edward Island, Angus MacQuarrie, spoke.", "Angus MacQuarrie", "Canada"),
    ("Kvalsund's governor, Kari Lund, spoke.", "Kari Lund", None),
    # a title of several governments, none of them named; of one that is
    ("Kenya and Kenyans agreed. Foreign Secretary Grace Wanjohi spoke.", "Grace Wanjohi", "Kenya"),
    ("Foreign Secretary Helen Carver met Kenyans in London. The United Kingdom agreed.", "Helen Carver", "United Kingdom"),
    # a firm that the recogniser takes for a person
    ("Railco chief executive Marta Berg and her Nordgleis counterpart Jochen Dahl met on Friday.", "Jochen Dahl", "Nordgleis"),
    ("Hong Kong Chief Executive Leung Wai-man spoke.", "Leung Wai-man", "Hong Kong"),
    ("Macau Chief Executive Ho Weng-kei spoke.", "Ho Weng-kei", "Macau"),
]


@pytest.mark.parametrize(("text", "name", "party"), BODIES + STATES + OFFICES)
def test_whom_a_person_speaks_for(real_pipeline: Pipeline, text: str, name: str, party: str | None) -> None:
    entities = ActorTable(real_pipeline.nlp(text), TextView(text, [(0, len(text))])).entities()
    assert [item.party for item in entities if item.kind == "person" and item.name == name] == [party]


def test_white_space_of_the_page_parts_no_name_and_no_title(real_pipeline: Pipeline) -> None:
    text = "A call with Norwegian Prime Minister \u00a0Gunnar \u00a0Lund was planned for Friday."
    entities = ActorTable(real_pipeline.nlp(text), TextView(text, [(0, len(text))])).entities()
    assert [(item.name, item.title, item.party) for item in entities if item.kind == "person"] == [
        ("Gunnar Lund", "Prime Minister", "Norway")
    ]


@pytest.mark.parametrize("text", ["Kari Lund, the governor of", "Kari Lund, the governor of the", "Banker Kari Lund is central"])
def test_titles_at_the_edge_of_a_text_are_read(real_pipeline: Pipeline, text: str) -> None:
    (outcome,) = real_pipeline.process([Article(id="a", text=f"Kari Lund met Ola Nord.\n\n{text}")])
    assert isinstance(outcome, Article), outcome
