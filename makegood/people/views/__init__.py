"""Screens about people: organisations and their members, and where one is signed in."""
