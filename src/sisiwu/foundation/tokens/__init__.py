"""接口令牌: what a program shows instead of signing in; made by a user, for a while, for some things only."""
