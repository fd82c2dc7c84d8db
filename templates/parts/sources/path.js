sources.path = (path, context) => dig(context.object, path);
