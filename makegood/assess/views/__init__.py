"""Screens to judge a commitment, reply to the finding, and publish it."""
