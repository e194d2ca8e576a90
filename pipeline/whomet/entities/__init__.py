"""Names -> entities: people, organisations, governments, places."""

from whomet.entities.actors import ActorTable
from whomet.entities.names import merge_entities, slug

__all__ = ["ActorTable", "merge_entities", "slug"]
