"""The counter: everything that knows Discord, and nothing else."""
