"""Plain Python: signals, speech, scoring and the use cases. No Streamlit, no SQL."""
