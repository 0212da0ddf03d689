"""The AI interviewer, played without a clock of its own.

`planning` makes the rounds, `loop.step` takes events to a new state and actions, `moves` understands and
says, `keeping` keeps rounds as attempts; `replay` plays a scripted candidate. `analysis.live` runs it in real
time.
"""
