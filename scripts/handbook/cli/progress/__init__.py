"""`handbook progress`: one module for each thing that can be done with the journal of onboarding."""
