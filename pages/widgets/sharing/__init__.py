"""Who is here, who may see what, and who looked."""
