mirror: () => mirrored(),
