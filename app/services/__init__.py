"""What people do: one function, one sentence."""
