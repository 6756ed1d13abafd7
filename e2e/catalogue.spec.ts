import { expect, test } from '@playwright/test';
import { findCandidates, getBom } from '@zaizao/modules/catalog/contract';
import { ask, become } from './plant.ts';
import { wordsOf } from './texts.ts';

/** A bill of material is written in the browser: a new version, never a silent change. */
test('a line of a bill of material is changed and issued as the next version', async ({ page }) => {
  const t = wordsOf('catalog', 'en');
  await become(page, 'owner');
  const { items } = await ask(page.request, findCandidates, { query: { number: 'RA-14-90' } });
  const partId = items[0]?.part.id ?? '';
  const before = await ask(page.request, getBom, { params: { partId } });
  await page.goto(`/office/catalogue/parts/${partId}?lang=en`);
  const tab = page.getByRole('tabpanel');
  await tab.getByRole('button', { name: t('form.editBom'), exact: true }).click();
  await page.getByRole('button', { name: /^Edit 10 ·/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('form.reusePct')).fill('90');
  await dialog.getByLabel(t('form.restorePct')).fill('90');
  await dialog.getByRole('button', { name: t('form.take') }).click();
  const issue = page.getByRole('button', { name: t('form.issue', { n: before.version + 1 }) });
  await issue.click();
  await expect(page.getByText(/must add up to 100/)).toBeVisible();
  await page.getByRole('button', { name: /^Edit 10 ·/ }).click();
  await dialog.getByLabel(t('form.reusePct')).fill('60');
  await dialog.getByLabel(t('form.restorePct')).fill('30');
  await dialog.getByLabel(t('form.replacePct')).fill('10');
  await dialog.getByRole('button', { name: t('form.take') }).click();
  await page.getByLabel(t('form.note')).fill('shares of the front bracket');
  await issue.click();
  await expect(issue).toHaveCount(0);
  const after = await ask(page.request, getBom, { params: { partId } });
  expect(after.version).toBe(before.version + 1);
  expect(after.items.find((i) => i.pos === 10)).toMatchObject({
    ...{ reusePct: 60, restorePct: 30, replacePct: 10 },
  });
  expect(after.revisions[0]?.note).toBe('shares of the front bracket');
});
