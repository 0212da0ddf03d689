"""Many answers worked on again: measured, read or judged anew, on this machine's processors or on Dask."""
