"""Git: the only part of the engine that talks to it, and what it says as values."""
