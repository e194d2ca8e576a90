"""`python -m whomet.cli`."""

from whomet.cli import main

main()
