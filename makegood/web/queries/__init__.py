"""What the pages about several rooms ask for."""
