"""Names -> entities: people, organisations, governments, places."""

from whomet.entities.actors import ActorTable
from whomet.entities.knowledge import KnowledgeBase, load_kb
from whomet.entities.names import merge_entities, slug

__all__ = ["ActorTable", "KnowledgeBase", "load_kb", "merge_entities", "slug"]
