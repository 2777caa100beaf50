"""Publishing: posts, knowledge, resources, comments and feeds.

Will be the only room that knows Wagtail.
"""
