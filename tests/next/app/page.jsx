import Link from "next/link";

import { products } from "./products";

export default function Home() {
  return products.map(({ product_id, name }) => <Link key={product_id} href={`/p/${product_id}/`}>{name}</Link>);
}
