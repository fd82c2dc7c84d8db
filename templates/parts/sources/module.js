module: (path, context) => modules[path]({ ...context }),
