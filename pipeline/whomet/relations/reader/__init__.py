"""The trained reader: what a small encoder adds to the grammar, from trigger candidates to occasions."""

from whomet.relations.reader.model import ReaderModel, load_reader

__all__ = ["ReaderModel", "load_reader"]
