// A shop's own worker, as Workbox has it: some pages are kept for when there is no network.
import { clientsClaim } from "workbox-core";
import { precacheAndRoute } from "workbox-precaching";

self.skipWaiting();
clientsClaim();
precacheAndRoute([{ url: "/about/", revision: "1" }, { url: "/assets/shop.js", revision: "1" }]);
