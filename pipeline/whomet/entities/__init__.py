"""Names -> entities: people, organisations, governments, places."""

from whomet.entities.actors import ActorTable, merge_entities, slug

__all__ = ["ActorTable", "merge_entities", "slug"]
