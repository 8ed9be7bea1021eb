"""What is exchanged: packs, assessment files, results, spreadsheets and attachments; the only YAML of the house."""
