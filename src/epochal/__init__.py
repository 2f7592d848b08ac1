"""Epochal: an experiment tracker and model registry that replaces MLflow without a change."""
