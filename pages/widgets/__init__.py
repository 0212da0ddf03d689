"""One module per widget, one public `show(...) -> value` each."""
