"""The AI interviewer: the plan of a mock, its turns, follow-up probes, timing, and replays of all of it.

`plan` and `changes` make the rounds; `turns.step` takes `events` to a new `state` and actions; `probes`
chooses what to ask next, `llm_probe` puts it in the candidate's words; `steps` is the design guide rail.
"""
