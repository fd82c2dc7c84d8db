states.module = ({ module }) => says(modules[String(module)]({}), undefined);
