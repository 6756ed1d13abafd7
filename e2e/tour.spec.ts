import {
  type APIRequestContext,
  expect,
  type Locator,
  type Page,
  type Response,
  request,
  test,
} from '@playwright/test';
import { listCores } from '@zaizao/modules/cores/contract';
import {
  finishCleaning,
  listComponents,
  startCleaning,
} from '@zaizao/modules/dismantling/contract';
import {
  finishOperation,
  getOrder,
  listUnits,
  startOperation,
} from '@zaizao/modules/production/contract';
import { getTest } from '@zaizao/modules/quality/contract';
import { ask, becomeIn } from './plant.ts';
import { type Lang, wordsOf } from './texts.ts';

/** The guided tour as a stranger takes it: every step done by typing and pressing, as its card says. */

const PHOTO = 'apps/web/public/icon-192.png';
const SIZES = {
  phone: { width: 360, height: 740 },
  desktop: { width: 1440, height: 900 },
} as const;

interface Walk {
  readonly page: Page;
  readonly lang: Lang;
  readonly desk: (role: string) => Promise<APIRequestContext>;
}

/** Where each step happens. */
const PLACES = [
  ...['/floor/quote', '/floor/collect', '/floor/receive', '/floor/teardown', '/floor/inspection'],
  ...['/floor/assembly', '/floor/test', '/office/certificates', '/market', '/market', '/setup'],
];

/** Goes to the next step and folds its card away, so that it covers nothing. */
async function step(w: Walk, n: number): Promise<void> {
  const kit = wordsOf('kit', w.lang);
  const card = w.page.locator('section.z-tour');
  if (n === 1) await w.page.getByRole('button', { name: kit('welcome.tour') }).click();
  else await card.getByRole('button', { name: kit('tour.next') }).click();
  await expect(card.getByRole('heading').first()).toContainText(n === 11 ? /./ : `${n} · `);
  await w.page.waitForURL((url) => url.pathname === PLACES[n - 1]);
  await expect(card.locator('p')).not.toBeEmpty();
  await expect(w.page.locator('main h1').first()).toBeVisible();
  await w.page.waitForLoadState('networkidle');
  await expect(w.page.locator('.z-problem')).toHaveCount(0);
  const wide = await w.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, `step ${n}: nothing scrolls sideways`).toBeLessThanOrEqual(0);
  await w.page.screenshot({
    path: `test-results/screens/tour-${n}-${w.page.viewportSize()?.width}-${w.lang}.png`,
  });
  await card.getByRole('button', { name: kit('tour.fold') }).click();
}

/** Takes a photo with whatever the page offers for it: on a phone the camera, here a file. */
async function photograph(page: Page, nth: number): Promise<void> {
  const stored = page.waitForResponse(
    (r) => r.url().endsWith('/api/v1/files') && r.request().method() === 'POST',
  );
  await page.locator('.z-capture input[type=file]').nth(nth).setInputFiles(PHOTO);
  await stored;
}

async function scan(page: Page, code: string): Promise<void> {
  const field = page.locator('.z-scan input').first();
  await field.fill(code);
  await field.press('Enter');
}

/** 1 · The repair shop's number is known, its price is there at once; the quote is accepted. */
async function quote(w: Walk): Promise<string> {
  const t = wordsOf('cores', w.lang);
  await scan(w.page, '3708010-D9');
  await expect(w.page.locator('.z-cores-offers')).toContainText('¥20.00');
  await photograph(w.page, 0);
  await w.page.getByRole('button', { name: t('quote.ask') }).click();
  await expect(w.page.locator('.z-verdict')).toContainText('¥20.00');
  const code = (await w.page.locator('main .z-code').first().textContent())?.trim() ?? '';
  await w.page.getByLabel(t('field.address')).fill('沧州 1 号');
  await w.page.getByRole('button', { name: t('offers.accept') }).click();
  await expect(w.page.locator('.z-verdict')).toContainText(t('quote.accepted'));
  return code;
}

/** 2 · The collector ticks, counts and photographs what it takes along. */
async function collect(w: Walk, code: string): Promise<void> {
  const t = wordsOf('cores', w.lang);
  await scan(w.page, code);
  await expect(w.page.locator('.z-cores-ticks')).toBeVisible();
  const ticked = await w.page.locator('.z-cores-ticks input:checked').count();
  expect(ticked).toBeGreaterThan(0);
  const confirm = w.page.getByRole('button', { name: t('pickUp.confirm') });
  await expect(confirm).toBeDisabled();
  await w.page.locator('.z-big input').fill(String(ticked));
  await photograph(w.page, 0);
  await confirm.click();
  await expect(w.page.locator('.z-notice').last()).toBeVisible();
}

/** 3 · Received, photographed, judged: only the surface is not good, so it is B and 20 yuan. */
async function receive(w: Walk, code: string): Promise<void> {
  const t = wordsOf('cores', w.lang);
  const { page } = w;
  await scan(page, code);
  await page.locator('.z-big input').fill('4.11');
  await page.getByRole('button', { name: t('receive.take') }).click();
  await expect(page.locator('.z-cores-criteria')).toBeVisible();
  for (const nth of [0, 1, 2]) await photograph(page, nth);
  const criteria = page.locator('.z-cores-criteria > li');
  const n = await criteria.count();
  for (let i = 0; i < n; i++) {
    const answer = i === n - 1 ? 'grade.no' : 'grade.yes';
    await criteria
      .nth(i)
      .getByRole('button', { name: t(answer), exact: true })
      .click();
  }
  await page.getByRole('button', { name: t('grade.now') }).click();
  await expect(page.locator('.z-verdict')).toContainText('B');
  await expect(page.locator('.z-verdict')).toContainText('¥20.00');
}

/** 4 · The core comes apart: one part is missing, the rest is there, the mass closes. */
async function tearDown(w: Walk, code: string): Promise<void> {
  const t = wordsOf('dismantling', w.lang);
  const { page } = w;
  await scan(page, code);
  await page.getByRole('button', { name: t('teardown.begin'), exact: true }).click();
  await page.locator('#tab-list').click();
  const lines = page.locator('.z-dis-line');
  await expect(lines.first()).toBeVisible();
  await lines
    .last()
    .getByRole('button', { name: t('outcome.missing'), exact: true })
    .click();
  const rest = (await lines.count()) - 1;
  await page.getByRole('button', { name: t('teardown.rest', { n: rest }) }).click();
  const finish = page.getByRole('button', { name: t('teardown.finish') });
  await expect(finish).toBeVisible();
  const why = page.getByLabel(t('teardown.explain'));
  if (await why.isVisible()) await why.fill('tour');
  await finish.click();
  await expect(finish).toHaveCount(0);
}

/** Between the steps the cleaner washes what came off; the tour begins again when it is clean. */
async function clean(w: Walk, code: string): Promise<void> {
  const desk = await w.desk('dismantler');
  const { items } = await ask(desk, listCores, { query: { q: code } });
  const found = await ask(desk, listComponents, {
    query: { coreId: items[0]?.id ?? '', state: 'found', limit: 200 },
  });
  const batch = await ask(desk, startCleaning, {
    body: {
      ...{ method: 'CLN-US', machine: 'CL-04', componentIds: found.items.map((c) => c.id) },
      parameters: { frequency: '28', temperature: '62', time: '8' },
    },
  });
  await ask(desk, finishCleaning, { params: { batchId: batch.id }, body: { result: 'good' } });
}

/** 5 · 8.2 volts: good for the national limit, out of the plant's own; it is to be restored. */
async function inspect(w: Walk): Promise<void> {
  const t = wordsOf('inspection', w.lang);
  const { page } = w;
  await page.getByRole('button', { name: t('inspect.start') }).click();
  const row = page.locator('[data-tour="S-T01"]');
  const value = row.getByLabel(t('measure.value'));
  await value.fill('8.2');
  const limit = (name: string) => row.locator('.z-limit').filter({ hasText: name });
  await expect(limit(t('level.national'))).toHaveClass(/z-limit-(within|near)/);
  await expect(limit(t('level.enterprise'))).toHaveClass(/z-limit-out/);
  await value.fill('7.9');
  await expect(limit(t('level.enterprise'))).not.toHaveClass(/z-limit-out/);
  await value.fill('8.2');
  await page.screenshot({
    path: `test-results/screens/tour-82-${page.viewportSize()?.width}-${w.lang}.png`,
  });
}

/** The document that a key opens in a tab of its own is there, and is one to print. */
async function prints(page: Page, key: Locator): Promise<void> {
  const isPdf = (r: Response) => r.headers()['content-type']?.includes('pdf') === true;
  const [answer] = await Promise.all([page.context().waitForEvent('response', isPdf), key.click()]);
  expect(answer.ok()).toBe(true);
  for (const other of page.context().pages()) if (other !== page) await other.close();
}

const rounded = (value: number) => String(Number(value.toFixed(3)));

/** A value that every limit of a row allows. */
function allowed(limits: readonly { min?: string | undefined; max?: string | undefined }[]) {
  const low = limits.flatMap((l) => (l.min === undefined ? [] : [Number(l.min)]));
  const high = limits.flatMap((l) => (l.max === undefined ? [] : [Number(l.max)]));
  if (low.length === 0) return rounded(high.length === 0 ? 1 : Math.min(...high) * 0.9);
  if (high.length === 0) return rounded(Math.max(...low) * 1.1);
  return rounded((Math.max(...low) + Math.min(...high)) / 2);
}

/** 6 · A new order; what is not accepted is refused with why; full, it is born. The new serial number. */
async function assemble(w: Walk, dirty: string): Promise<string> {
  const t = wordsOf('production', w.lang);
  const { page } = w;
  await page.getByRole('button', { name: t('assembly.new') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('release.product')).fill('RS-12-14-9T');
  await dialog.getByLabel(t('release.product')).press('Enter');
  await expect(dialog.getByLabel(t('release.product'))).toHaveAttribute('aria-expanded', 'false');
  await dialog.getByRole('button', { name: t('release.now') }).click();
  await expect(page.locator('.z-production-slots')).toBeVisible();

  await scan(page, dirty);
  const answer = page.locator('.z-verdict').filter({ hasText: t('assembly.refused') });
  await expect(answer).toContainText(/.{8,}/);

  // from the shelf, when the plant has one accepted that fits; all else is new
  const kept = await ask(await w.desk('assembler'), listComponents, {
    query: { state: 'reuse', limit: 200 },
  });
  const accepted = kept.items.find((c) => c.part.number.startsWith('RS-12-14-9T'));
  if (accepted) {
    const slot = page.locator('.z-production-slots > li').filter({ hasText: accepted.part.number });
    await slot.getByRole('button').click();
    await dialog.locator('.z-task').filter({ hasText: accepted.code }).click();
    await expect(slot).toContainText(accepted.code);
  }
  await page.getByRole('button', { name: t('kit.title') }).click();
  await dialog.getByLabel(t('kit.lot')).fill('KIT-2026-11');
  await dialog.getByLabel(t('kit.all')).check();
  await dialog.locator('.z-button-primary').click();
  await expect(dialog).toHaveCount(0);

  const start = page.getByRole('button', { name: t('start'), exact: true });
  const birth = page.getByRole('button', { name: t('assembly.birth') });
  for (;;) {
    const todo = page.locator('.z-production-clock').or(start).first();
    if (!(await todo.isVisible())) break;
    const step = await page.locator('.z-section h2').first().textContent();
    await start.click();
    await page.getByRole('button', { name: t('finish'), exact: true }).click();
    await dialog.getByRole('button', { name: t('finish'), exact: true }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.locator('.z-section h2').first()).not.toHaveText(step ?? '');
  }
  await birth.click();
  const born = page.locator('.z-verdict');
  await expect(born).toContainText(t('born.said', { life: accepted ? 2 : 1 }));
  const serial = (await born.locator('.z-verdict-title').textContent())?.trim() ?? '';
  expect(serial).not.toBe('');
  await prints(page, page.getByRole('button', { name: t('born.label') }));
  return serial;
}

/** 7 · Every value typed, each judged while it is typed; run in; good in the end. */
async function bench(w: Walk, serial: string): Promise<void> {
  const t = wordsOf('quality', w.lang);
  const { page } = w;
  await page.locator('.z-task').filter({ hasText: serial }).click();
  const rows = page.locator('.z-quality-rows > li');
  await expect(rows.first()).toBeVisible();
  const testId = new URL(page.url()).searchParams.get('test') ?? '';
  const test = await ask(await w.desk('tester'), getTest, { params: { testId } });
  for (const [i, row] of test.rows.entries()) {
    const line = rows.nth(i);
    const saved = page.waitForResponse((r) => r.request().method() === 'POST' && r.ok());
    if (row.unit === 'bool') {
      await line.getByRole('button', { name: t('yes'), exact: true }).click();
    } else {
      const value = line.getByLabel(t('test.value'));
      await value.fill(allowed(row.limits));
      await value.press('Enter');
    }
    await saved;
  }
  const runIn = page.getByRole('button', { name: t('runIn.good'), exact: true });
  if (await runIn.isVisible()) {
    await runIn.click();
    await page.getByRole('button', { name: t('runIn.save') }).click();
  }
  await page.getByRole('button', { name: t('test.decide'), exact: true }).click();
  await expect(page.locator('.z-verdict').first()).toContainText(t('test.passed'));
}

/** Between the steps it is painted, marked and packed; the tour goes on when it is finished. */
async function packUp(w: Walk, serial: string): Promise<void> {
  const desk = await w.desk('assembler');
  const { items } = await ask(desk, listUnits, { query: { q: serial } });
  const order = await ask(desk, getOrder, { params: { orderId: items[0]?.orderId ?? '' } });
  for (const o of order.operations.filter((x) => x.state === 'waiting')) {
    await ask(desk, startOperation, { params: { operationId: o.id }, body: {} });
    await ask(desk, finishOperation, { params: { operationId: o.id }, body: {} });
  }
}

/** 8 · What is finished gets its certificate, a document that opens, and its label. */
async function certify(w: Walk, serial: string): Promise<void> {
  const t = wordsOf('quality', w.lang);
  const { page } = w;
  await page.locator('[data-tour="to-certify"] a').filter({ hasText: serial }).click();
  await page.getByRole('button', { name: t('certificate.issue') }).click();
  const document = page.getByRole('button', { name: new RegExp(`^${t('certificate.one')} `) });
  await expect(document).toBeVisible({ timeout: 60_000 });
  await prints(page, document);
  await expect(page.locator('img.z-quality-label')).toBeVisible();
}

/** 9 · The number on the old part finds it in the storefront; beside the price stands the deposit. */
async function buy(w: Walk): Promise<void> {
  const t = wordsOf('market', w.lang);
  const { page } = w;
  await page.getByLabel(t('store.search')).fill('3708010 d9');
  const goods = page.locator('.z-market-goods').first();
  await expect(goods).toContainText('RS-12-14-9T');
  await expect(goods).toContainText('¥60.00');
}

/** 10 · The passport proves itself on this device, and shows what happens to a changed one. */
async function passport(w: Walk): Promise<void> {
  const t = wordsOf('market', w.lang);
  const { page } = w;
  await page.locator('.z-market-goods').first().click();
  await page
    .getByRole('link', { name: t('listing.passport') })
    .first()
    .click();
  const p = wordsOf('passport', w.lang);
  await expect(page.getByText(p('tick.verified')).first()).toBeVisible({ timeout: 30_000 });
  await page
    .getByRole('button', { name: p('tick.tamper') })
    .first()
    .click();
  await page.getByRole('button', { name: p('tamper.value') }).click();
  await expect(page.getByText(p('tamper.found')).first()).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Escape');
}

for (const lang of ['zh', 'en'] as const) {
  for (const [name, size] of Object.entries(SIZES)) {
    test(`the tour, ${lang}, on a ${name}`, async ({ page, baseURL }) => {
      test.setTimeout(240_000);
      const faults: string[] = [];
      page.on('pageerror', (e) => faults.push(e.message));
      const desks = new Map<string, APIRequestContext>();
      const desk = async (role: string) => {
        const known = desks.get(role) ?? (await request.newContext(baseURL ? { baseURL } : {}));
        if (!desks.has(role)) await becomeIn(known, role);
        desks.set(role, known);
        return known;
      };
      const w: Walk = { page, lang, desk };
      await page.setViewportSize(size);
      await page.goto(`/?lang=${lang}`);
      await step(w, 1);
      const code = await quote(w);
      await step(w, 2);
      await collect(w, code);
      await step(w, 3);
      await receive(w, code);
      await step(w, 4);
      await tearDown(w, code);
      await clean(w, code);
      await step(w, 5);
      await inspect(w);
      await step(w, 6);
      const serial = await assemble(w, code);
      await step(w, 7);
      await bench(w, serial);
      await packUp(w, serial);
      await step(w, 8);
      await certify(w, serial);
      await step(w, 9);
      await buy(w);
      await step(w, 10);
      await passport(w);
      await step(w, 11);
      expect(faults).toEqual([]);
      for (const d of desks.values()) await d.dispose();
    });
  }
}
