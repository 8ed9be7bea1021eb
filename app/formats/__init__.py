"""What is exchanged with the outside: packs, assessment files, results. The only room with YAML and pydantic."""
