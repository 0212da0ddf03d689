"""One answer from start to kept: practised, from a recording, set-up before it."""
