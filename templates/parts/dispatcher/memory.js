// Products seen in this visit tell what a cart's lines leave out.
const PRODUCTS = "connectif-kit.products";
const remembered = () => [].concat(quietly(() => JSON.parse(sessionStorage.getItem(PRODUCTS))) || []);
const remember = (product) => {
  const others = remembered().filter((other) => other.productId != product.productId);
  quietly(() => sessionStorage.setItem(PRODUCTS, JSON.stringify([product, ...others].slice(0, 50))));
};
