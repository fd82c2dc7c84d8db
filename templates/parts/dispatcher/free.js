attempt(() => whenShown(start));
