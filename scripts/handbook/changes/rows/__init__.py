"""The rows of the catalogue of changes: name, level for doers, level for those who rely on it, sentence."""
