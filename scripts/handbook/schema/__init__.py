"""The grammar of records: JSON Schemas, what they say of a record, and what can be read off them."""
