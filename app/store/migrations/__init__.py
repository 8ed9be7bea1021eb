"""The migrations: ``env`` runs them, ``versions`` holds them in order."""
