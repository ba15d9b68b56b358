"""The rules: what makes a handbook wrong although its records have the right shape."""
