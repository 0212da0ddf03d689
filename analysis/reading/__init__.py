"""What was said against what was asked: sentences, quotes, embeddings, key points heard."""
