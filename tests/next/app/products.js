export const products = [
  { product_id: "mug", name: "A mug", unit_price: "14.50", url: "https://shop.example/p/mug/" },
  { product_id: "cup", name: "A cup", unit_price: "9.00", url: "https://shop.example/p/cup/" },
];
