"""Messages by language, as Babel writes them; read at start-up, never compiled."""
