const $parsed=e=>{const t=$json(e);return"object"==typeof t?t:e}
