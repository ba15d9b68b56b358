"""`handbook launch`: one module for each thing that can be done with launches."""
