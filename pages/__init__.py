"""Streamlit pages: the only place that may import Streamlit. Thin: title, inputs, one call, output."""
