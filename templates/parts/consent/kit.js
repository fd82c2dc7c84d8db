// The file of `module:` is in the dispatcher; the loader asks it.
states.module = () => Object(window.connectifKit).agreed();
