import { globSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { signInDemo } from '@zaizao/platform/identity/contract';

/** Lighthouse’s mobile conditions: slow 4G and a processor four times slower. */
const SLOW = { latency: 150, downloadThroughput: 204_800, uploadThroughput: 93_750 };
const SLOWER = 4;
const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1440, height: 900 };

interface Load {
  readonly lcpMs: number;
  readonly scriptKb: number;
}

/**
 * First loads of every page that needs no record, each in a fresh browser profile (nothing cached):
 * largest contentful paint, and what scripts weigh as they come over the wire. Medians.
 */
export async function bench(args: string[]): Promise<Record<string, unknown>> {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:8080' },
      runs: { type: 'string', default: '3' },
      slow: { type: 'boolean', default: false },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const runs = Number(values.runs);
  await fetch(values.url).catch(() => {
    throw new Error(
      `没有服务器应答：请先 npm start，或用 --url 给出地址 / no server answers: npm start first, or name one by --url: ${values.url}`,
    );
  });
  const executablePath = process.env.CHROMIUM_PATH;
  const browser = await chromium.launch(executablePath ? { executablePath } : {});
  const rows: (Load & { page: string; face: string })[] = [];
  try {
    for (const path of pagePaths()) {
      const face = faceOf(path);
      if (values.only && face !== values.only) continue;
      const loads: Load[] = [];
      for (let n = 0; n < runs; n++) {
        loads.push(await load(browser, new URL(path, values.url), face, values.slow));
      }
      rows.push({
        page: path,
        face,
        lcpMs: median(loads.map((l) => l.lcpMs)),
        scriptKb: median(loads.map((l) => l.scriptKb)),
      });
      console.error(`${path} ${rows.at(-1)?.lcpMs} ms`);
    }
  } finally {
    await browser.close();
  }
  if (!values.json) console.table(rows);
  const worst = (face: string, figure: 'lcpMs' | 'scriptKb') =>
    Math.max(0, ...rows.filter((r) => r.face === face).map((r) => r[figure]));
  return {
    bench: 'web',
    slow: values.slow,
    runs,
    pages: rows.length,
    lcpP50Ms: median(rows.map((r) => r.lcpMs)),
    lcpWorstMs: Math.max(0, ...rows.map((r) => r.lcpMs)),
    floorScriptKb: worst('floor', 'scriptKb'),
    publicScriptKb: worst('public', 'scriptKb'),
    officeScriptKb: worst('office', 'scriptKb'),
  };
}

/** Addresses of all pages that need no record, as their modules declare them (in files that only a bundler reads). */
function pagePaths(): string[] {
  const files = globSync(['modules/*/ui/index.tsx', 'platform/src/ui/*/index.tsx']);
  const paths = files.flatMap((f) =>
    [...readFileSync(f, 'utf8').matchAll(/\bpath: '(\/[^'$]*)'/g)].map(([, path = '/']) => path),
  );
  return [...new Set(['/', ...paths])].sort();
}

function faceOf(path: string): 'floor' | 'office' | 'public' {
  if (path.startsWith('/office/')) return 'office';
  return path.startsWith('/floor/') || path === '/' ? 'floor' : 'public';
}

async function load(browser: Browser, url: URL, face: string, slow: boolean): Promise<Load> {
  const viewport = face === 'office' ? DESKTOP : PHONE;
  const context = await browser.newContext({ viewport, baseURL: url.origin });
  if (face !== 'public') {
    const answer = await context.request.post(signInDemo.path, { data: { role: 'owner' } });
    if (!answer.ok()) throw new Error(`${signInDemo.path}: ${answer.status()}`);
  }
  const page = await context.newPage();
  if (slow) await slowDown(page);
  let bytes = 0;
  page.on('response', async (r) => {
    if (r.request().resourceType() !== 'script') return;
    const sizes = await r
      .request()
      .sizes()
      .catch(() => undefined);
    bytes += sizes?.responseBodySize ?? 0;
  });
  await page.goto(url.href, { waitUntil: 'networkidle', timeout: 120_000 });
  await page.locator('h1').first().waitFor();
  const lcpMs = Math.round(await page.evaluate(largestPaint));
  await context.close();
  return { lcpMs, scriptKb: Math.round(bytes / 1024) };
}

async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.emulateNetworkConditions', { offline: false, ...SLOW });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

/** Runs in the page: when the largest piece of content was painted, in milliseconds since the navigation. */
function largestPaint(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
      type: 'largest-contentful-paint',
      buffered: true,
    });
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
