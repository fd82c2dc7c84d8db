/** What the parts know of each other and of the page. They are scripts: their names are one scope. */

/** The property of an entity: name in JavaScript, marks, name in tags, allowed words, name in GA4. */
type Row = [js: string, marks: string, html: string, words?: string, ga4?: string];
/** A path in the object at hand, or name, key, fields, option, transforms. */
type Source = string | any[];
interface Fields {
  [name: string]: Source;
}
interface Rule {
  [name: string]: any;
  name?: string;
  at?: string;
  send?: string;
  asks?: string;
  fields?: Fields;
  kinds?: { [name: string]: string };
  payload?: Fields;
  pages?: string[];
  layer?: string[];
  event?: string[];
  tag?: string;
  writes?: string;
  until?: number;
}
/** Pattern of the address, what a view reports, name, whether it promises a product. */
type PlanPage = [string, Rule[] | 0, string, number];
interface Consent {
  event?: string[];
  withdrawn?: string[];
  detail?: string;
  cookie?: string;
  storage?: string;
  path?: string;
  global?: string;
  google?: string[];
  module?: string;
  value?: string;
}
interface Plan {
  version: string;
  origin: string;
  base: string;
  currency: string;
  layer: string;
  entities: { [name: string]: string };
  custom?: string[];
  ga4_category: string;
  product_url: string;
  /** What a number looks like with what may stand beside it. */
  number: string;
  own: Fields;
  rules: Rule[];
  pages: PlanPage[];
  info?: { [page: string]: Fields };
  tags: { [entity: string]: string };
  identified: string[];
  spa?: { query: string[] };
  consent: Consent;
  dev: {
    places: { [at: string]: string };
    promises: { [entity: string]: { [name: string]: [string, any, boolean] } };
    labels: { [name: string]: string };
    file: string;
  };
  /** The loader's own. */
  key: string;
  client: string;
  nonce: boolean;
}
interface Context {
  at?: string;
  object?: any;
  element?: any;
  detail?: any;
  view?: View;
  from?: any;
  known: { [path: string]: any };
  late: Promise<any>[];
  tired?: boolean;
  /** What the events of a turn brought of themselves, while answers are waited for. */
  brought?: { contact: any; cart: any };
  found: any[];
}
interface View {
  kind: PlanPage;
  pending: Rule[];
  task?: object;
  since: number;
  events: any[];
  tagEvents: any[];
  ids: string[];
  known: { [path: string]: any };
  sent?: boolean;
  route?: string;
  path?: string;
  whole?: boolean;
  landing?: boolean;
  asked?: boolean;
  hurry?: boolean;
  order?: number;
  title?: string;
  titled?: boolean;
  shell?: boolean;
  met?: number;
  rests?: boolean;
  left?: boolean;
  partly?: number;
  earlier?: { product: any; path: string }[];
}
interface Group {
  [name: string]: any;
  events: any[];
  asked: string[];
  contact?: any;
  cart?: any;
  words?: any;
  route: string;
  heading: string;
  held?: boolean;
}
interface LayerItem {
  entry: any;
  order: number;
  task: object | undefined;
}
interface Window {
  [name: string]: any;
}
interface Document {
  readonly prerendering?: boolean;
}
/** Whether this is the development build; what stands behind it is in no other. */
declare const DEVELOPMENT: boolean;
/** What of the parts this plan uses; the production build holds nothing else. */
declare const USES: { readonly [feature: string]: boolean };
declare const plan: Plan;
declare const modules: { [path: string]: (context: any) => any };
