// A page that is prerendered reports nothing until it is seen.
if (document.prerendering) on(document, "prerenderingchange", start);
else attempt(start);
