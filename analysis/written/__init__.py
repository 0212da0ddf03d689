"""Code and sketches: kept while they are written, read into what a scorer and a reader are shown. Pure."""
