"""What must be fast, measured by `make bench`. Beside each figure stands a bare page of the same size and run."""
