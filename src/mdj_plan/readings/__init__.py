"""Returns read apart from the run, each once in its life: kept by content, new ones in processes of their own."""
