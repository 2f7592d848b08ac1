"""The HTTP server: security, then auth, then dispatch to the services."""
