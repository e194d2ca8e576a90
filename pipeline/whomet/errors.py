"""Errors named by their consequence."""


class SetupError(Exception):
    """Nothing can be read: bad option, config, lexicon, model or output folder. Raised before the first article; exit code 2."""


class ConfigError(SetupError):
    """A configuration key or value that whomet does not know."""


class LexiconError(SetupError):
    """A word list that is missing, empty or malformed."""


class ModelError(SetupError):
    """A language pipeline or trained model that is missing or is not the one that the manifest pins."""


class ArticleError(Exception):
    """One article cannot be read; it becomes a `Failure` and the run goes on."""
