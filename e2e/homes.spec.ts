import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { listDemoRoles } from '@zaizao/platform/identity/contract';
import { ask, become } from './plant.ts';

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1440, height: 900 };

/** Stations whose people find the next things to do below their counts. */
const STATIONS = ['receiver', 'dismantler', 'inspector', 'assembler', 'warehouse'];

test('everybody lands on what waits for them, in both languages', async ({ page }) => {
  test.setTimeout(240_000);
  const { items: roles } = await ask(page.request, listDemoRoles);
  expect(roles.length).toBeGreaterThan(10);
  for (const { role, title, name } of roles) {
    for (const lang of ['zh', 'en'] as const) {
      await page.setViewportSize(lang === 'zh' ? PHONE : DESKTOP);
      await page.goto(`/?lang=${lang}`);
      await page.getByRole('button', { name: `${title[lang]} ${name}` }).click();
      await page.waitForURL(/\/(floor|office)$/);
      await expect(page.locator('h1').first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      await page.screenshot({
        path: `test-results/screens/home-${role}-${lang}.png`,
        fullPage: true,
      });
      const ways = page.locator('main a, .z-floor-page a');
      expect(await ways.count(), `${role} has somewhere to go`).toBeGreaterThan(0);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(wide, `${role}: nothing scrolls sideways`).toBeLessThanOrEqual(0);
      const axe = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      const serious = axe.violations.filter(
        (v) => v.impact === 'serious' || v.impact === 'critical',
      );
      expect(serious.map((v) => `${role} ${v.id}: ${v.nodes[0]?.html}`)).toEqual([]);
    }
  }
});

for (const role of STATIONS) {
  test(`the next thing that waits for the ${role} opens at the station`, async ({ page }) => {
    await become(page, role);
    await page.setViewportSize(PHONE);
    await page.goto('/floor?lang=zh');
    const card = page.locator('.z-next').first();
    await expect(card).toBeVisible();
    expect(await card.locator('a').count()).toBeLessThanOrEqual(3);
    await card.locator('a').first().click();
    await expect(page).toHaveURL(/\/floor\/\w+\?\w+=/);
    await expect(page.locator('h1').first()).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}
