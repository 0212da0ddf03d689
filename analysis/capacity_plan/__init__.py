"""How large a server must be for so many candidates, from measured costs. Pure, but for its command."""
