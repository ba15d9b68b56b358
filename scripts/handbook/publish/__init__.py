"""Publishing at a Git host: the only part of the engine that uses a network, and only when it is told to."""
