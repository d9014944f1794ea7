"""What servers cost, and what follows for many more."""

# From here on the loopback Discord can be imported.
import benchmarks.proofs  # noqa: F401
