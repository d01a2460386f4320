"""What the HTTP API of every room shares: who asks, in which scope, errors, pages, keys, examples."""
