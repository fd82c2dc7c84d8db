states.global = ({ global, value }) => says(inside(window, String(global)), value);
