"""What a change of the handbook means: two handbooks compared, told from git's history, written as notes."""
