"""What may exist in the graph, as pure data on the standard library."""
