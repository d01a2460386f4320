"""志愿服务: hours of members in a community."""
