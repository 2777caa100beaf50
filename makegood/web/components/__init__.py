"""The parts pages are made of: one folder each, a template with its Sass partial beside it.

`{% load components %}` gives one tag a part; the head of each template lists
its parameters. All are shown live on `/components/`, which reads these folders.
"""
