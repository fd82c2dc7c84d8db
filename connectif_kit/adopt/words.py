"""How shops of five languages, and English, call their pages in addresses."""

from __future__ import annotations

import re

_KINDS = {
    "confirmation": "thank-you thankyou thanks order-confirmation order-complete order-received"
    " order-success success checkout-success gracias pedido-confirmado obrigado pedido-recebido"
    " merci commande-confirmee confirmation confirmacion confirmacao grazie ordine-confermato danke"
    " bestellbestaetigung confirmed done",
    "checkout": "checkout check-out payment pay pago finalizar-compra tramitar-pedido finalizar pagamento"
    " caisse paiement commande commander cassa pagamenti kasse zahlung order",
    "cart": "cart basket bag shopping-cart shopping-bag shoppingcart carrito cesta carro bolsa carrinho cesto"
    " sacola panier carrello warenkorb",
    "search": "search buscar busqueda buscador resultados busca pesquisa recherche rechercher cerca ricerca"
    " suche search-results results",
    "account": "account my-account login log-in signin sign-in register signup sign-up profile cuenta"
    " mi-cuenta iniciar-sesion acceso registro entrar conta minha-conta cadastro compte mon-compte connexion"
    " inscription accedi registrati il-mio-account profilo konto mein-konto anmelden wishlist orders",
    "category": "c category categories collection collections catalog catalogue shop store products"
    " product-category department departments range ranges categoria categorias coleccion colecciones tienda"
    " productos catalogo loja produtos colecao colecoes categorie boutique produits collezione collezioni"
    " negozio prodotti kategorie kategorien produkte sortiment brands brand marca marcas marque marques",
}
KINDS = {kind: frozenset(words.split()) for kind, words in _KINDS.items()}
"""Kind of page → words of its address, in the order in which they are asked."""

NEWSLETTER = re.compile(
    r"news-?letter|subscri|suscri|bolet[ií]n|mailing-?list|mailchimp|list-manage|klaviyo|infolettre|abonne"
    r"|assine|inscreva|iscriviti|anmelden|novidades|novedades|stay in touch|sign ?up for",
    re.IGNORECASE,
)
REGISTER = re.compile(r"regist|sign-?up|crear|cadastr|inscri|create-?account", re.IGNORECASE)
SEARCH = re.compile(r"search|busca|busqueda|búsqueda|pesquisa|recherche|cerca|ricerca|suche", re.IGNORECASE)
TO_CART = re.compile(
    r"add[-_ ]?to[-_ ]?(?:cart|basket|bag)|addtocart|a[ñn]adir|agregar|adicionar|ajouter|aggiungi"
    r"|in den warenkorb|simplecart|item_add|snipcart-add-item|buy[-_ ]?now|btn-buy|comprar|acheter|acquista"
    r"|in winkel(?:wagen|mand)|do koszyka|do ko[sš][ií]ka|u ko[rš]pu|u ko[sš]aricu|kos[aá]rba|[iî]n co[sș]"
    r"|sepete ekle|l[aä]gg i (?:varu)?korg|l[aæ]g i kurv|legg i (?:handle)?kurv|ostoskoriin"
    r"|th[eê]m v[aà]o gi[oỏ]|в корзину|в кошик|в количка|στο καλάθι|カートに"
    r"|加入购物车|加入購物車|장바구니|أضف إلى|הוסף לסל",
    re.IGNORECASE,
)
CART = re.compile(r"cart|basket|shopping-?bag|carrito|cesta|carrinho|sacola|panier|carrello|warenkorb", re.I)
CONTACT = re.compile(
    r"user|customer|account|contact|profile|member|usuario|cliente|cuenta|client|utente|kunde", re.IGNORECASE
)
_PAGINATION = re.compile(
    r"(?:/(?:page|pagina|p[aá]gina|seite)/?\d+|[-_]page-?\d+|/page\d+)/?$", re.IGNORECASE
)
_LISTS = re.compile(
    r"^(?:/[a-z]{2})?/(?:tags?|authors?|archives?|etiquetas?|mots-cles|schlagwort|blog|posts?|news|noticias"
    r"|articles?|journal|docs)(?:/|$)",
    re.IGNORECASE,
)


def kind_of(path: str) -> str:
    """The kind of page that an address's words name; empty where they name none."""
    steps = [_word(step) for step in path.strip("/").lower().split("/") if step]
    if is_list_of_posts(path):
        return ""
    for kind, words in KINDS.items():
        if kind != "category" and steps and (steps[-1] in words or _is_done(kind, steps)):
            return kind
    return "category" if any(step in KINDS["category"] for step in steps) else ""


def is_named(path: str) -> bool:
    """Whether an address ends with a word for a category, or with one below such a word: `/c/mugs`."""
    steps = [_word(step) for step in path.strip("/").lower().split("/") if step]
    return any(step in KINDS["category"] - _PRODUCTS for step in steps) or steps[-1:] == ["products"]


def is_of_products(path: str) -> bool:
    """Whether a page lies in a folder that is called as shops call that of their products."""
    steps = [_word(step) for step in path.strip("/").lower().split("/") if step]
    return not is_list_of_posts(path) and not (_PRODUCTS | _ONE_PRODUCT).isdisjoint(steps[:-1])


_ONE_PRODUCT = frozenset(("p", "product", "producto", "produto", "produit", "prodotto", "produkt", "item"))
_PRODUCTS = frozenset(
    (
        "shop",
        "store",
        "products",
        "productos",
        "produtos",
        "produits",
        "prodotti",
        "produkte",
        "tienda",
        "loja",
    )
)
"""Words of folders that hold products, mostly."""


def _is_done(kind: str, steps: list[str]) -> bool:
    """`/checkout/…` are steps to the order; `/account/…` the visitor's own pages."""
    return kind in ("checkout", "account") and len(steps) > 1 and steps[-2] in KINDS[kind]


def _word(step: str) -> str:
    return re.sub(r"\.x?html?$", "", step).replace("_", "-")


def is_list_of_posts(path: str) -> bool:
    """Whether a page continues a list, or is one of tags, authors or posts: no category of the shop."""
    return _PAGINATION.search(path) is not None or _LISTS.match(path) is not None
