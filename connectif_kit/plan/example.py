"""The store of the starter and of every example; nobody's."""

EXAMPLE_ID = "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"
EXAMPLE_HOST = "shop.example"
