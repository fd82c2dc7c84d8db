import Link from "next/link";

import { ConnectifProduct } from "../../../connectif/ConnectifProduct";
import { Counter } from "../../counter";
import { products } from "../../products";

export const dynamicParams = false;
export const generateStaticParams = () => products.map(({ product_id }) => ({ slug: product_id }));

export default async function Product({ params }) {
  const { slug } = await params;
  const product = products.find(({ product_id }) => product_id === slug);
  return (
    <main>
      <ConnectifProduct product={product} />
      <h1>{product.name}</h1>
      <Counter />
      <Link href="/p/cup/">Cup</Link>
    </main>
  );
}
