"""One file a bench. Each ends with the line `NAME ratio=… unit=… ours=… yardstick=…`, medians of several rounds."""
