"""Who may come in: decided once at start, asked of every request, told with every answer. No widgets."""
