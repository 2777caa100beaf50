"""Promises on one scale: where each begins, where the alternative gets, and where it is to get."""
