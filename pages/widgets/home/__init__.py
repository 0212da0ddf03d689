"""Where a visit begins: ways in, what is ready here, where somebody stands."""
