"""Runners: how data reaches the kernel. `local` streams files larger than memory on one machine."""
