"""Answers to questions, drawn through the port alone, so that every store gives the same."""
