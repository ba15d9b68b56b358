"""The published handbook: from records to Markdown pages, and from those to a site."""
