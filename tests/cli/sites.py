"""A plan and a page for the command line to work on."""

PLAN = """\
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
pages:
  home: {match: /}
  content: {match: "/a/*"}
integration: {catalog: api}
"""
PAGE = "<!doctype html><html><head><title>x</title></head><body><h1>Mug</h1></body></html>"
