"""What the project costs, measured side by side in one run; each script prints a table that the docs show."""
