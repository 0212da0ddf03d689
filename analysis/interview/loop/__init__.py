"""The pure turn machine: events and a state in, a state and actions out; all timing."""
