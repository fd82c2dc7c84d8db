sources.global = (path) => dig(window, path);
