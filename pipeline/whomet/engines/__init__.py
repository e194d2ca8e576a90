"""Ways to run the contract of whomet.run."""
