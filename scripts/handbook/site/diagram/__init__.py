"""Diagrams, drawn from records when the pages are made: SVG for readers, BPMN for tools that model processes.

Everything here is pure, and needs neither a font nor a browser: the same record always gives the same drawing.
"""
