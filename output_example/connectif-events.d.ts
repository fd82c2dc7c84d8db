/* connectif-kit: generated from connectif.yaml, do not edit; content 067096850519 */
/** Names of the plan's events. */
export type ConnectifKitEvent = "newsletter" | "signed-in" | "registered" | "cart-changed" | "liked";

/** A product as its page shows it. */
export interface Product {
  /** Address of the product's page, not percent-encoded, inside an authorised domain. */
  productDetailUrl: string;
  /** Unique id of the product in the shop; the key of the catalogue. */
  productId: string;
  /** The product's name. */
  name: string;
  /** Price of one unit as sold now, taxes included. */
  unitPrice: number;
  /** Description; HTML in it must be escaped in a tag. */
  description?: string;
  /** Address of the picture. */
  imageUrl?: string;
  /** Address of the small picture. */
  thumbnailUrl?: string;
  /** Whether it can be bought now. */
  availability?: "InStock" | "OutOfStock";
  /** Full path, its levels led and separated by `/`; one element for each category. */
  categories?: string[];
  /** Free labels, one element each. */
  tags?: string[];
  /** The brand. */
  brand?: string;
  /** How many reviews it has. */
  reviewCount?: number;
  /** Mean rating from 0 to 5. */
  rating?: number;
  /** How many ratings it has. */
  ratingCount?: number;
  /** Shop ids of related products, one element each. */
  relatedExternalProductIds?: string[];
  /** Priority among recommendations; higher first. */
  priority?: number;
  /** Price before the discount. */
  unitPriceOriginal?: number;
  /** Price without taxes. */
  unitPriceWithoutVAT?: number;
  /** Discount from 0 to 100, without the `%` sign. */
  discountedPercentage?: number;
  /** Original price less unit price. */
  discountedAmount?: number;
  /** When it was first published. */
  publishedAt?: string;
  /** Free text, number 1 of three. */
  customField1?: string;
  /** Free text, number 2 of three. */
  customField2?: string;
  /** Free text, number 3 of three. */
  customField3?: string;
}

/** One line of a cart or a purchase: a product, how many, and what the line costs. */
export interface BasketItem {
  /** Units of this product. */
  quantity: number;
  /** What the whole line costs: unit price times quantity. */
  price?: number;
  /** Address of the product's page, not percent-encoded, inside an authorised domain. */
  productDetailUrl: string;
  /** Unique id of the product in the shop; the key of the catalogue. */
  productId: string;
  /** The product's name. */
  name: string;
  /** Price of one unit as sold now, taxes included. */
  unitPrice: number;
  /** Description; HTML in it must be escaped in a tag. */
  description?: string;
  /** Address of the picture. */
  imageUrl?: string;
  /** Address of the small picture. */
  thumbnailUrl?: string;
  /** Whether it can be bought now. */
  availability?: "InStock" | "OutOfStock";
  /** Full path, its levels led and separated by `/`; one element for each category. */
  categories?: string[];
  /** Free labels, one element each. */
  tags?: string[];
  /** The brand. */
  brand?: string;
  /** How many reviews it has. */
  reviewCount?: number;
  /** Mean rating from 0 to 5. */
  rating?: number;
  /** How many ratings it has. */
  ratingCount?: number;
  /** Shop ids of related products, one element each. */
  relatedExternalProductIds?: string[];
  /** Priority among recommendations; higher first. */
  priority?: number;
  /** Price before the discount. */
  unitPriceOriginal?: number;
  /** Price without taxes. */
  unitPriceWithoutVAT?: number;
  /** Discount from 0 to 100, without the `%` sign. */
  discountedPercentage?: number;
  /** Original price less unit price. */
  discountedAmount?: number;
  /** When it was first published. */
  publishedAt?: string;
  /** Free text, number 1 of three. */
  customField1?: string;
  /** Free text, number 2 of three. */
  customField2?: string;
  /** Free text, number 3 of three. */
  customField3?: string;
}

/** The visitor's cart as a whole. */
export interface Cart {
  /** Unique id of the cart; repeated in the purchase that it becomes. */
  cartId: string;
  /** Units in the cart, all lines together. */
  totalQuantity?: number;
  /** What the cart costs. */
  totalPrice?: number;
  /** One for each product; none in an emptied cart. */
  products?: BasketItem[];
  /** Address that restores this cart, inside an authorised domain (12317493610908). */
  cartRecoveryUrl?: string;
}

/** An order. */
export interface Purchase {
  /** Unique id of the order. */
  purchaseId: string;
  /** Units in the order, all lines together. */
  totalQuantity?: number;
  /** What was paid. */
  totalPrice?: number;
  /** One for each product. */
  products?: BasketItem[];
  /** Id of the cart that was bought; without it the cart counts as abandoned. */
  cartId?: string;
  /** When it was placed. */
  purchaseDate?: string;
  /** How it was paid. */
  paymentMethod?: string;
  /** Where it was placed; `digital-store` is the shop's own site. */
  source_type?: "marketplace" | "digital-store" | "point-of-sale" | "third-party" | "other";
  /** Free text that tells more about the source. */
  source_name?: string;
}

/** The visitor, as far as known; further fields are the store's own custom fields. */
export interface Contact {
  /** The contact's email; empty for an anonymous visitor. */
  primaryKey: string;
  /** First name. */
  _name?: string;
  /** Surname. */
  _surname?: string;
  /** What the contact has said about the newsletter; `none` is never asked. */
  _newsletterSubscriptionStatus?: "subscribed" | "unsubscribed" | "none";
}

export interface ConnectifKit {
  readonly version: string;
  /** Report one of the plan's events; `detail` is what its `detail` sources read. */
  send(name: ConnectifKitEvent, detail?: unknown): void;
  /** Report the cart: this one, or the one that the plan's source finds. */
  cart(cart?: Cart): void;
  /** Report the contact: this one, or the one that the plan's source finds. */
  contact(contact?: Contact): void;
  /** Report a page view by hand. */
  pageVisit(): void;
}

declare global {
  interface Window {
    /** There once `connectif-events.js` has run. */
    readonly connectifKit?: ConnectifKit;
  }
}
