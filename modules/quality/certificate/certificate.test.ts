import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { CertificateContent } from './content.ts';
import { drawCertificate } from './draw.ts';
import { renderCertificate } from './render.ts';
import { testTable } from './sections.ts';
import { productStandard, standardsFor } from './standards.ts';

const limit = { version: 3, validFrom: '2020-01-01', source: 'document' };
const content: CertificateContent = {
  ...{ code: 'Z0000001', serial: 'U0000001', life: 2, massG: 4110 },
  maker: { name: '河间起动机厂' },
  product: { number: 'RS-12-14-9T', name: { zh: '再制造起动机', en: 'Reman starter' } },
  epc: 'https://id.gs1.org/01/09529999010018/21/U0000001',
  link: 'http://localhost:8080/01/09529999010018/21/U0000001',
  ...{ assembledOn: '2026-03-01', issuedOn: '2026-03-02', issuedAt: '2026-03-02T01:00:00.000Z' },
  issuedBy: '王工',
  counts: { reused: 12, restored: 6, new: 14 },
  rates: { byMass: 0.845, byCount: 0.427 },
  previousCores: ['C0000001'],
  parts: [
    ...Array.from({ length: 60 }, (_, i) => ({
      ...{ pos: i + 1, name: { zh: '电枢总成', en: 'Armature' }, quantity: 1, trace: `K${i}` },
      origin: 'restored' as const,
    })),
  ],
  test: {
    ...{ code: 'TR0000001', on: '2026-03-02', by: '李工' },
    rows: [
      {
        ...{ code: 'S-T01', name: { zh: '吸合电压', en: 'Pull-in voltage' }, condition: '20 °C' },
        ...{ unit: 'V', value: '8.2', verdict: 'fail' as const, instrument: 'M0000001' },
        limits: [
          { ...limit, level: 'enterprise', max: '8', pass: false },
          { ...limit, level: 'national', max: '8.5', pass: true },
        ],
      },
    ],
    concession: { code: 'N0000001', reference: '客户函 17' },
  },
  standards: standardsFor('starter'),
  simulated: true,
};

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('the same content gives the same bytes, in this thread and in the drawing one', async () => {
  const here = await drawCertificate(content);
  const there = await Promise.all([renderCertificate(content), renderCertificate(content)]);
  expect(new Set([here, ...there].map(digest)).size).toBe(1);
  const other = await renderCertificate({ ...content, serial: 'U0000002' });
  expect(digest(other)).not.toBe(digest(here));
  expect(Buffer.from(here).toString('latin1')).toMatch(/\/Count [23]\b/); // long lists take more pages
});

test('each limit stands with its level, version and verdict', () => {
  const [row] = testTable(content).rows;
  expect(row?.[3]).toBe('企标 plant v3: x ≤ 8 ×\n国标 nat. v3: x ≤ 8.5');
  expect(row?.[5]).toBe('✕');
  expect(testTable(content).widths.reduce((n, w) => n + w, 0)).toBeCloseTo(1, 9);
});

test('standards by family; a family without its own gets the general ones', () => {
  expect(productStandard('starter')).toBe('GB/T 28673-2012');
  expect(productStandard('alternator')).toBe('GB/T 28672-2012');
  expect(standardsFor('starter').map((s) => s.number)).toContain('GB/T 39895-2021');
  expect(standardsFor('drill-bit').map((s) => s.number)).not.toContain('GB/T 39895-2021');
  expect(productStandard('drill-bit')).toBe('GB/T 28618-2012');
});
