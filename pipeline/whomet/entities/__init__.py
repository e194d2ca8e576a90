"""Names -> entities: people, organisations, governments, places."""
