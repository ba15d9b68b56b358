"""The handbook as values: records, their references and the flow of their steps."""
