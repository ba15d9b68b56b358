"""Findings for people and programs: one renderer in each module, each a pure function to text."""
