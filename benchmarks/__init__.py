"""What is measured against whom; each bench prints a figure taken in one run."""
