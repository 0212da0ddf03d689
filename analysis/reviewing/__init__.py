"""An answer looked at again: transcript lines, two attempts side by side, disputes in figures."""
