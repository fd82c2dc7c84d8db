"""The kinds of page that every shop has. https://support.connectif.ai/hc/en-us/articles/6078231353244"""

from connectif_kit.vocabulary.model import PageKind

HOME = PageKind("home", "The shop's first page.")
CATEGORY = PageKind("category", "A list of products, or a section of the blog.")
PRODUCT_PAGE = PageKind("product", "One product.")
SEARCH_PAGE = PageKind("search", "Results of a search.")
CART_PAGE = PageKind("cart", "The cart.")
CHECKOUT = PageKind("checkout", "The steps from the cart to the order.")
CONFIRMATION = PageKind("confirmation", "The first page after an order.")
ACCOUNT = PageKind("account", "Login, registration, the visitor's own pages.")
CONTENT = PageKind("content", "Anything else: about, blog, help.")
