"""The exam of a judge: constructed answers with labels, what a scorer says of them, and whether it passed."""
