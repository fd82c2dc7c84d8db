sources.mirror = () => mirrored();
