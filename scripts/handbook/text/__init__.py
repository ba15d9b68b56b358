"""Reading text with exact places: YAML records and Markdown pages."""
