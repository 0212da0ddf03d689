"""Which rounds an interview has: chosen from the bank, from a set, for a drill, for one job."""
