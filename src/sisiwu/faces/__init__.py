"""Faces (门面): what people and programs see; they assemble and decide nothing."""
