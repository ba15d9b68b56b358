"""The public site: what of a handbook everybody may read, decided in one place before any page is made.

`records` makes a handbook of the public records, `prose` and `files` decide on what is written by hand, and `edition`
puts them together. Code that makes pages knows nothing of it: what is not public is not there.
"""
