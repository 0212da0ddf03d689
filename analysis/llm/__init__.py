"""The one door to chat models: connection, structured replies, cache, usage. Only home of openai."""
