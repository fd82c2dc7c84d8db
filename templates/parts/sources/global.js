global: (path) => dig(window, path),
