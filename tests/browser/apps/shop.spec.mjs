// A shop's own test, as its team would write it.
import { expect, test } from "./connectif/playwright.mjs";

test("a search and a subscription are reported", async ({ page, connectif }) => {
  await page.goto("/search/?q=bowl");
  expect((await connectif.expect("search", { search_text: "bowl" })).searchText).toBe("bowl");
  await page.goto("/p/harbour-mug/");
  await connectif.expect("product-visited", { product_id: "MUG-01", unit_price: "14.5" });
  await page.goto("/");
  await page.fill("form#newsletter input[type=email]", "ana@shop.example");
  await page.locator("form#newsletter button").click();
  await connectif.expect("newsletter-subscribe", { email: "ana@shop.example" });
  expect(connectif.journal.filter((event) => event.type === "page-visit")).toHaveLength(3);
  const missing = connectif.expect("purchase", { total_price: "25.00" }, { timeout: 100 });
  await expect(missing).rejects.toThrow(/no purchase .*[\s\S]*newsletter-subscribe/);
});

test("the platform is played where a test does not ask for it, too", async ({ page }) => {
  await page.goto("/p/harbour-mug/");
  await page.waitForFunction(() => window.connectif && window.connectif.managed.isInitialized());
});
