"""Exports of shop systems, and the catalogue that they make."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from connectif_kit.catalog import Catalogue, open_catalogue
from connectif_kit.plan.load import load

STORE = {
    "id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11",
    "environment": "eu5",
    "url": "https://shop.example",
    "currency": "EUR",
}


def table(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    """Rows as a file: each has the columns that it names, the others are empty."""
    names = dict.fromkeys(name for row in rows for name in row)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(names), delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def catalogue(folder: Path, text: str | bytes, name: str = "export.csv", **catalog: Any) -> Catalogue:
    data = text.encode() if isinstance(text, str) else text
    (folder / name).write_bytes(data)
    plan = {"store": STORE, "catalog": {"source": name, **catalog}}
    return open_catalogue(load("connectif.yaml", json.dumps(plan).encode()), folder)


def read(found: Catalogue, *names: str) -> list[Any]:
    """Some properties of each product."""
    rows = [tuple(record.get(name) for name in names) for record in found.records]
    return [row[0] for row in rows] if len(names) == 1 else rows


def messages(found: Catalogue) -> list[str]:
    return [f"{d.place.line} {d.severity} {d.message}" for d in found.problems]


SHIRT = {
    "Handle": "shirt",
    "Title": "Shirt",
    "Body (HTML)": "<p>Soft &amp; warm.</p>",
    "Vendor": "Acme",
    "Product Category": "Apparel & Accessories > Clothing > Shirts",
    "Type": "Shirts",
    "Tags": "cotton, Made to order",
    "Published": "TRUE",
    "Option1 Name": "Color",
    "Option1 Value": "Green",
    "Option2 Value": "S",
    "Variant SKU": "S-1",
    "Variant Inventory Tracker": "shopify",
    "Variant Inventory Qty": "3",
    "Variant Inventory Policy": "deny",
    "Variant Price": "25",
    "Variant Compare At Price": "30.00",
    "Image Src": "https://cdn.example/1.jpg",
    "Variant Image": "https://cdn.example/g.jpg",
    "Status": "active",
    "Fabric (product.metafields.custom.fabric)": "linen",
}


def shopify(folder: Path, *rows: dict[str, str], **catalog: Any) -> Catalogue:
    return catalogue(folder, table(list(rows)), preset="shopify", **catalog)


TEE = {
    "ID": "44",
    "Type": "variable",
    "SKU": "tee",
    "Name": "V-Neck Tee",
    "Published": "1",
    "Short description": "A tee.",
    "Description": "Soft.",
    "Date sale price starts": "",
    "Date sale price ends": "",
    "In stock?": "1",
    "Stock": "",
    "Sale price": "",
    "Regular price": "",
    "Categories": "Clothing > Tees, Sale\\, last pieces",
    "Tags": "cotton, summer",
    "Images": "https://cdn.example/tee.jpg, https://cdn.example/tee-2.jpg",
    "Parent": "",
    "Upsells": "id:46, hat",
}
MUG = {**TEE, "ID": "46", "Type": "simple, virtual", "SKU": "mug", "Name": "Mug", "Regular price": "9,50"}


def woo(folder: Path, *rows: dict[str, str], **catalog: Any) -> Catalogue:
    return catalogue(
        folder, table(list(rows)), **{"preset": "woocommerce", "url": "/product/{slug}/", **catalog}
    )


IPOD = {
    "Product ID": "1",
    "Active (0/1)": "1",
    "Name *": "Player",
    "Categories (x,y,z...)": "Music/Players,Gifts",
    "Price tax excluded": "100",
    "Tax rules ID": "1",
    "Discount amount": "",
    "Discount percent": "5.5",
    "Discount from (yyyy-mm-dd)": "2020-01-01",
    "Discount to (yyyy-mm-dd)": "2999-12-31",
    "Reference #": "RP-1",
    "Manufacturer": "Acme",
    "Quantity": "0",
    "Summary": "",
    "Description": "<p>New.</p>",
    "Tags (x,y,z...)": "music, player",
    "URL rewritten": "player",
    "Available for order (0 = No, 1 = Yes)": "1",
    "Product creation date": "2013-01-01",
    "Image URLs (x,y,z...)": "https://cdn.example/1.jpg,https://cdn.example/2.jpg",
    "Out of stock action": "2",
}


def presta(folder: Path, *rows: dict[str, str], **catalog: Any) -> Catalogue:
    text = table(list(rows), ";")
    return catalogue(
        folder, text, **{"preset": "prestashop", "url": "/{id}-{rewrite}.html", "vat": 21, **catalog}
    )
