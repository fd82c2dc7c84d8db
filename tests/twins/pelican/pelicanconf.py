"""Pages only; every product and every category is one."""

SITENAME = "Barro & Loza"
SITEURL = "https://shop.example"
TIMEZONE = "Europe/Madrid"
PATH = "content"
THEME = "theme"
PAGE_PATHS = [""]
ARTICLE_PATHS: list[str] = []
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
DIRECT_TEMPLATES: list[str] = []
ARTICLE_SAVE_AS = AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
LOAD_CONTENT_CACHE = False
SLUGIFY_SOURCE = "basename"
