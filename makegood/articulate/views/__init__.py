"""Screens of programmes, needs and proposals."""
