"""What pages say of their products for search engines, read as it is written: one file per format.

JSON-LD, microdata and RDFa Lite give *things*: `{"@type": "Product", "name": "Mug", …}`, a value being
a text, a thing or a list of them. Open Graph gives names with contents.
"""
