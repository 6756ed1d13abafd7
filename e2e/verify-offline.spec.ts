import { expect, type Page, test } from '@playwright/test';
import { searchStorefront } from '@zaizao/modules/market/contract';
import { getBundle } from '@zaizao/modules/passport/contract';
import { ask } from './plant.ts';

test.use({ viewport: { width: 360, height: 740 } });

/** A file of a passport, as somebody would have saved it. */
async function savedPassport(page: Page): Promise<string> {
  const sold = await ask(page.request, searchStorefront);
  const epc = sold.items[0]?.epc ?? '';
  const response = await page.request.get(getBundle.path, { params: { epc } });
  expect(response.ok(), await response.text()).toBe(true);
  return response.text();
}

const drop = (page: Page, name: string, text: string) =>
  page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

test('with the network off, /verify opens again and judges a passport; a change shows, and where', async ({
  page,
  context,
}) => {
  const bundle = await savedPassport(page);
  await page.goto('/verify?lang=en');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  // The device keeps the application from here on.
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((taken) =>
        navigator.serviceWorker.addEventListener('controllerchange', taken, { once: true }),
      );
    }
  });

  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const alive = await page.evaluate(() =>
    fetch('/health/ready').then(
      () => true,
      () => false,
    ),
  );
  expect(alive, 'the network is really off').toBe(false);

  await drop(page, 'passport.json', bundle);
  await expect(page.getByText(/Nothing contradicts/)).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('.z-passport-check-failed')).toHaveCount(0);
  await expect(page.locator('.z-passport-check-passed').nth(8)).toBeVisible();
  await page.screenshot({ path: 'test-results/screens/verify-offline-en.png', fullPage: true });

  // A measured value, the number of its life, an entry of its history: each is found by its own check.
  const lies: readonly (readonly [RegExp, string, RegExp])[] = [
    [/"lifeNumber":2/, '"lifeNumber":3', /signed by its issuer/],
    [/"leafHash":"./, '', /left out|in the ledger|well formed/],
    [/"bizStep":"[a-z]/, '', /what the ledger recorded/],
  ];
  for (const [what, by, check] of lies) {
    const forged = by ? bundle.replace(what, by) : bundle.replace(what, (m) => flipped(m));
    expect(forged).not.toBe(bundle);
    await drop(page, 'forged.json', forged);
    await expect(page.locator('.z-passport-check-failed strong').first()).toHaveText(check);
    const detail = page.locator('.z-passport-check-failed code').first();
    await expect(detail).not.toBeEmpty();
  }
  await page.screenshot({ path: 'test-results/screens/verify-forged-en.png', fullPage: true });
});

/** The last letter of a match, changed. */
function flipped(match: string): string {
  const last = match.at(-1) ?? '';
  return match.slice(0, -1) + (last === 'A' ? 'B' : 'A');
}
