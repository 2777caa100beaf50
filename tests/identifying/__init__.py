"""Invented sentences in which is marked what may tell who somebody is, and how much of it is suggested."""
