"""回执: a deed that was sent twice happens once; the key a form or a client gave it is kept."""
