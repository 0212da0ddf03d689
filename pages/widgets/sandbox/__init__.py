"""Where a candidate's Python runs: in their own browser, in a worker that can reach nothing."""
