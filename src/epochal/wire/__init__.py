"""How things are spelled on the wire: MLflow's JSON, our own messages, the table of endpoints."""
