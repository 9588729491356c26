"""The pictures of the docs: answers as a terminal shows them, and the report in a browser."""
