"""The product exports of shop systems: their columns, as they are spelt in the files that shops have.

Column names differ with the system's version and language; our own short name stands first.
Compared in small letters, without blanks at their ends and a trailing `*` or `?`.
"""

from __future__ import annotations

from collections.abc import Mapping

from connectif_kit.core.records import dataclass


@dataclass(frozen=True, slots=True)
class ShopExport:
    """One system's export; `needed` are the columns without which it is none.

    `url` is where the system puts a product's page, for systems that all do alike; others leave it
    to the shop, and the plan must say it, with the export's own `placeholders` beside a product's
    properties.
    """

    name: str
    doc: str
    columns: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...] = ()
    url: str = ""
    placeholders: tuple[str, ...] = ()


SHOPIFY = ShopExport(
    "shopify",
    "Shopify's products_export.csv, in its older and its newer form",
    {
        "handle": ("handle", "url handle"),
        "title": ("title",),
        "body": ("body (html)", "body html", "body", "description"),
        "vendor": ("vendor",),
        "type": ("type", "custom product type"),
        "category": ("product category", "standard product type"),
        "tags": ("tags",),
        "published": ("published", "published on online store"),
        "status": ("status",),
        "option1": ("option1 value",),
        "option2": ("option2 value",),
        "option3": ("option3 value",),
        "sku": ("variant sku", "sku"),
        "tracker": ("variant inventory tracker", "inventory tracker"),
        "quantity": ("variant inventory qty", "inventory quantity"),
        "policy": ("variant inventory policy", "continue selling when out of stock"),
        "price": ("variant price", "price"),
        "before": ("variant compare at price", "compare-at price", "compare at price"),
        "image": ("image src", "product image url"),
        "variant_image": ("variant image", "variant image url"),
    },
    needed=("handle", "title", "price"),
    url="/products/{handle}",
    placeholders=("handle",),
)

WOOCOMMERCE = ShopExport(
    "woocommerce",
    "WooCommerce's product export, in English, Spanish or German",
    {
        "id": ("id",),
        "type": ("type", "tipo", "typ"),
        "sku": ("sku", "artikelnummer"),
        "name": ("name", "nombre"),
        "published": ("published", "publicado", "veröffentlicht"),
        "short": ("short description", "descripción corta", "kurzbeschreibung"),
        "body": ("description", "descripción", "beschreibung"),
        "sale_from": (
            "date sale price starts",
            "día en que empieza el precio rebajado",
            "datum, an dem angebotspreis beginnt",
        ),
        "sale_to": (
            "date sale price ends",
            "día en que termina el precio rebajado",
            "datum, an dem angebotspreis endet",
        ),
        "in_stock": ("in stock", "¿existencias", "¿en inventario", "vorrätig"),
        "quantity": ("stock", "inventario", "lager"),
        "sale": ("sale price", "precio rebajado", "angebotspreis"),
        "regular": ("regular price", "precio normal", "regulärer preis"),
        "categories": ("categories", "categorías", "categorias", "kategorien"),
        "tags": ("tags", "etiquetas", "schlagwörter"),
        "images": ("images", "imágenes", "bilder"),
        "parent": ("parent", "superior", "übergeordnetes produkt"),
        "upsells": ("upsells", "ventas dirigidas", "zusatzverkäufe"),
        "brand": ("brands", "brand", "marcas", "marken"),
        "slug": ("slug", "post_name"),
        "link": ("permalink", "product url"),
    },
    needed=("type", "name", "regular"),
    placeholders=("slug", "id"),
)

_COMBINED = ("value (value:position)", "valor (valor:posición)", "valor (valor:posicion)")

PRESTASHOP = ShopExport(
    "prestashop",
    "PrestaShop's product CSV: its import's columns, or the list that its back office exports",
    {
        "id": ("product id", "id"),
        "active": ("active (0/1)", "active", "status", "active (0 = no, 1 = yes)"),
        "name": ("name",),
        "categories": ("categories (x,y,z...)", "category"),
        "net": ("price tax excluded", "price tax excl.", "price (tax excl.)"),
        "gross": ("price tax included", "price tax incl.", "price (tax incl.)"),
        "tax_rule": ("tax rules id",),
        "discount": ("discount amount",),
        "percent": ("discount percent",),
        "discount_from": ("discount from (yyyy-mm-dd)",),
        "discount_to": ("discount to (yyyy-mm-dd)",),
        "reference": ("reference #", "reference"),
        "brand": ("manufacturer", "brand"),
        "quantity": ("quantity",),
        "short": ("summary", "short description"),
        "body": ("description",),
        "tags": ("tags (x,y,z...)", "tags"),
        "rewrite": ("url rewritten", "friendly url"),
        "orderable": ("available for order (0 = no, 1 = yes)", "available for order"),
        "out_of_stock": ("out of stock action", "action when out of stock"),
        "created": ("product creation date",),
        "images": ("image urls (x,y,z...)", "image"),
        "value": _COMBINED,
    },
    needed=("id", "name"),
    placeholders=("id", "rewrite", "reference"),
)

PRESTASHOP_COMBINATIONS = ShopExport(
    "combinations",
    "PrestaShop's combinations CSV: the variants of its products",
    {
        "id": ("product id", "id", "id del producto", "id producto"),
        "product_reference": ("product reference", "referencia del producto", "referencia de producto"),
        "attribute": (
            "attribute (name:type:position)",
            "atributo (nombre:tipo:posición)",
            "atributo (nombre:tipo:posicion)",
        ),
        "value": _COMBINED,
        "reference": ("reference", "reference #", "referencia"),
        "impact": ("impact on price", "impact on price (tax excl.)", "impacto en el precio"),
        "quantity": ("quantity", "cantidad"),
        "default": (
            "default (0 = no, 1 = yes)",
            "default (0/1)",
            "predeterminado (0 = no, 1 = sí)",
            "predeterminado (0=no, 1=si)",
        ),
        "images": ("image urls (x,y,z...)", "image url", "urls de las imágenes (x,y,z...)"),
    },
    needed=("attribute", "value"),
)

GOOGLE = ShopExport(
    "google-merchant",
    "A Google merchant feed: RSS, Atom, CSV or tab-separated",
    {
        "id": ("id", "g:id"),
        "title": ("title", "g:title"),
        "link": ("link", "g:link", "link@href"),
        "price": ("price", "g:price"),
        "sale": ("sale_price", "g:sale_price", "sale price"),
        "sale_dates": (
            "sale_price_effective_date",
            "g:sale_price_effective_date",
            "sale price effective date",
        ),
        "group": ("item_group_id", "g:item_group_id", "item group id"),
    },
    needed=("id", "price"),
)

SHOP_EXPORTS = {export.name: export for export in (SHOPIFY, WOOCOMMERCE, PRESTASHOP, GOOGLE)}
