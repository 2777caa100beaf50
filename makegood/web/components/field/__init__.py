"""One form field: what its template needs to know."""
