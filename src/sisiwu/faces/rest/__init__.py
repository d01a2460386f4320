"""接口: the HTTP API, assembled from the rooms' own routers."""
