import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { listImports, listParts } from '@zaizao/modules/catalog/contract';
import { listCores } from '@zaizao/modules/cores/contract';
import { listDeposits } from '@zaizao/modules/deposits/contract';
import {
  listCleaning,
  listComponents,
  listPlans,
  listStudies,
  listTeardowns,
} from '@zaizao/modules/dismantling/contract';
import { listInspections } from '@zaizao/modules/inspection/contract';
import { listInstruments } from '@zaizao/modules/instruments/contract';
import { listEvents } from '@zaizao/modules/ledger/contract';
import {
  listClaims,
  listPurchases,
  listSales,
  searchStorefront,
} from '@zaizao/modules/market/contract';
import { listPartners } from '@zaizao/modules/parties/contract';
import { listBalances } from '@zaizao/modules/planning/contract';
import { listOrders, listUnits } from '@zaizao/modules/production/contract';
import { listCertificates, listNonconformances, listTests } from '@zaizao/modules/quality/contract';
import { listStocktakes } from '@zaizao/modules/stock/contract';
import type { Endpoint } from '@zaizao/platform/contract';
import { modules } from '../apps/web/src/modules.ts';
import { ask, become } from './plant.ts';

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1440, height: 900 };

/** Which record of the demonstration stands for a parameter of an address. */
const RECORDS: Record<string, { endpoint: Endpoint; role: string; field?: string }> = {
  coreId: { endpoint: listCores, role: 'owner' },
  componentId: { endpoint: listComponents, role: 'owner' },
  teardownId: { endpoint: listTeardowns, role: 'owner' },
  inspectionId: { endpoint: listInspections, role: 'owner' },
  partId: { endpoint: listParts, role: 'owner' },
  importId: { endpoint: listImports, role: 'owner' },
  depositId: { endpoint: listDeposits, role: 'owner' },
  unitId: { endpoint: listUnits, role: 'owner' },
  testId: { endpoint: listTests, role: 'owner' },
  certificateId: { endpoint: listCertificates, role: 'owner' },
  nonconformanceId: { endpoint: listNonconformances, role: 'owner' },
  balanceId: { endpoint: listBalances, role: 'planner' },
  eventId: { endpoint: listEvents, role: 'owner', field: 'eventId' },
  partnerId: { endpoint: listPartners, role: 'owner' },
  instrumentId: { endpoint: listInstruments, role: 'owner' },
  batchId: { endpoint: listCleaning, role: 'owner' },
  claimId: { endpoint: listClaims, role: 'owner' },
  planId: { endpoint: listPlans, role: 'owner' },
  studyId: { endpoint: listStudies, role: 'vehicle-dismantler' },
  listingId: { endpoint: searchStorefront, role: 'owner' },
  stocktakeId: { endpoint: listStocktakes, role: 'owner' },
  epc: { endpoint: listUnits, role: 'owner', field: 'epc' },
};

/** An order is the seller's on some pages and the buyer's on others; a work order on the rest. */
function recordFor(name: string, path: string) {
  if (name !== 'orderId') return RECORDS[name];
  if (path.includes('purchase')) return { endpoint: listPurchases, role: 'fleet' };
  if (path.includes('sales') || path.includes('market'))
    return { endpoint: listSales, role: 'owner' };
  return { endpoint: listOrders, role: 'owner' };
}

/** A thing without a GTIN is known by its asset identifier: a core of the demonstration. */
async function assetAddress(page: Page): Promise<string | undefined> {
  await become(page, 'owner');
  const { items } = await ask(page.request, listCores);
  const epc = items.find((c) => new URL(c.epc).pathname.startsWith('/8004/'))?.epc;
  return epc && `/passport${new URL(epc).pathname}`;
}

/** A Digital Link address is that of a unit of the demonstration. */
async function passportAddress(page: Page): Promise<string | undefined> {
  const sold = (await ask(page.request, searchStorefront)) as { items: { epc: string }[] };
  const epc = sold.items[0]?.epc;
  return epc && `/passport${new URL(epc).pathname}`;
}

/** The address with its parameters filled in; undefined when the demonstration has no such record. */
async function addressOf(page: Page, path: string): Promise<string | undefined> {
  if (path.includes('$gtin')) return passportAddress(page);
  if (path.includes('$giai')) return assetAddress(page);
  let out = path;
  for (const [mark, name = ''] of path.matchAll(/\$(\w+)/g)) {
    const record = recordFor(name, path);
    if (!record) return undefined;
    await become(page, record.role);
    const found = (await ask(page.request, record.endpoint)) as { items: Record<string, string>[] }; // a list endpoint
    const value = found.items[0]?.[record.field ?? 'id'];
    if (value === undefined) return undefined;
    out = out.replace(mark, encodeURIComponent(value));
  }
  return out;
}

function roleFor(path: string): string {
  if (path.includes('$studyId')) return 'vehicle-dismantler';
  return /purchase|my-|sell|offers/.test(path) ? 'fleet' : 'owner';
}

const pages = modules.flatMap((m) => m.pages.map((p) => ({ ...p, module: m.module })));

for (const p of pages) {
  test(`${p.module} ${p.id} (${p.path})`, async ({ page }) => {
    const address = await addressOf(page, p.path);
    expect(address, 'the demonstration holds such a record').toBeDefined();
    if (p.face !== 'public') await become(page, roleFor(p.path));
    const faults: string[] = [];
    page.on('pageerror', (e) => faults.push(e.message));
    for (const lang of ['zh', 'en'] as const) {
      for (const size of p.face === 'floor'
        ? [PHONE]
        : p.face === 'office'
          ? [DESKTOP]
          : [PHONE, DESKTOP]) {
        await page.setViewportSize(size);
        await page.goto(`${address}${address?.includes('?') ? '&' : '?'}lang=${lang}`);
        await expect(page.locator('h1').first()).toBeVisible();
        await page.waitForLoadState('networkidle');
        const name = `${p.module}-${p.id}-${size.width}-${lang}`;
        await page.screenshot({ path: `test-results/screens/${name}.png`, fullPage: true });
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        expect(wide, 'nothing scrolls sideways').toBeLessThanOrEqual(0);
        const axe = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
          .analyze();
        const serious = axe.violations.filter(
          (v) => v.impact === 'serious' || v.impact === 'critical',
        );
        expect(serious.map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([]);
      }
    }
    await page.evaluate(async () => {
      document.documentElement.dataset.theme = 'dark';
      // colours are judged when they have stopped changing
      await new Promise((drawn) => requestAnimationFrame(drawn));
      const changing = document
        .getAnimations()
        .filter((a) => a.effect?.getTiming().iterations === 1);
      await Promise.allSettled(changing.map((a) => a.finished));
    });
    const dark = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
    await page.screenshot({ path: `test-results/screens/${p.module}-${p.id}-dark.png` });
    const faint = dark.violations.flatMap((v) => v.nodes.map((n) => n.html));
    expect(faint, 'every text can be read on dark').toEqual([]);
    expect(faults).toEqual([]);
  });
}
