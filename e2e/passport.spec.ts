import { expect, test } from '@playwright/test';
import { searchStorefront } from '@zaizao/modules/market/contract';
import { ask } from './plant.ts';

const BUDGET = 250 * 1024; // gzip bytes of JavaScript on first load

test.use({ viewport: { width: 360, height: 740 } });

test('a stranger scans the label: the passport is proved on their own phone, and tampering shows', async ({
  page,
}) => {
  const sold = await ask(page.request, searchStorefront);
  const epc = sold.items[0]?.epc ?? '';
  let scripts = 0;
  page.on('response', async (response) => {
    if (response.request().resourceType() !== 'script') return;
    const sizes = await response.request().sizes();
    scripts += sizes.responseBodySize;
  });
  // What the QR on the label says: the resolver sends a person to the page.
  await page.goto(`${new URL(epc).pathname}?lang=en`, { waitUntil: 'networkidle' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText(/verified on this (phone|device)/i).first()).toBeVisible({
    timeout: 60_000,
  });
  expect(scripts, 'JavaScript of the first load').toBeLessThanOrEqual(BUDGET);
  await page.screenshot({ path: 'test-results/screens/passport-phone-en.png' });
  const lcp = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) =>
          resolve(list.getEntries().at(-1)?.startTime ?? 0),
        ).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        });
      }),
  );
  console.log(`passport: ${(scripts / 1024).toFixed(0)} kB of script, LCP ${lcp.toFixed(0)} ms`);
  await page
    .getByRole('button', { name: /tamper/i })
    .first()
    .click();
  await expect(page.getByText(/not (verified|genuine)|fails|failed|changed/i).first()).toBeVisible({
    timeout: 30_000,
  });
});
