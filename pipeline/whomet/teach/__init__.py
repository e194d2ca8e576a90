"""Training of the models that whomet ships; needs the dependency group `train`. Nothing here runs when articles are read."""
