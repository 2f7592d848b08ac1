"""What all tests share; each plugin holds the fixtures of one concern."""

pytest_plugins = ["fixtures.postgresql", "fixtures.object_stores"]
