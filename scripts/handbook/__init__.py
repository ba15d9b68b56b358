"""The engine of the handbook: reads records, checks them, tells what changed and makes pages."""

__version__ = "0.1.0"
