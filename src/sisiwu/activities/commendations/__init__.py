"""表彰与荣誉: of an organization or a member, with level and granting body."""
