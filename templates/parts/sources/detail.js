sources.detail = (path, context) => dig(context.detail, path);
