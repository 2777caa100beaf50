"""Exchange: open standards in and out, the REST API, dossiers.

Will read and write what other systems use, from what the rooms hold.
"""
