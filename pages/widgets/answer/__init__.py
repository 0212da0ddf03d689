"""Giving an answer: choosing a question, camera and microphone, typing, code, a sketch, an upload."""
