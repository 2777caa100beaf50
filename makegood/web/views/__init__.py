"""The pages about several rooms, or about none."""
