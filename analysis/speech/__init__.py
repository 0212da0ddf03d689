"""Audio in, words, pauses and delivery out."""
