/** Numbers of a parts database outside: a feed is checked, reported and committed like a workbook. */
import type { Actor, TestApp } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as c from './contract.ts';
import { catalogApp, importRows, partByNumber, plantRows } from './testing.ts';

let t: TestApp;
let owner: Actor;
beforeAll(async () => {
  t = await catalogApp();
  owner = await (await t.org()).as('owner');
  await importRows(owner, await plantRows('A'));
}, 120_000);
afterAll(() => t.stop());

const STARTER = 'RS-12-14-9T';
const upload = (name: string, text: string) =>
  owner.ok(c.startImport, { file: { name, bytes: new TextEncoder().encode(text) } });

async function taken(name: string, text: string) {
  const made = await upload(name, text);
  expect(made.report?.faults).toEqual([]);
  return owner.ok(c.commitImport, { params: { importId: made.id } });
}

test('CSV: what others call a part, quoted cells and semicolons included', async () => {
  await taken(
    'lkq.csv',
    `\uFEFFpart;kind;number;maker;source\r\n${STARTER};oe;"LKQ;77-12";"Maker ""A""";LKQ\r\n`,
  );
  expect((await partByNumber(owner, 'LKQ;77-12')).number).toBe(STARTER);
  const part = await partByNumber(owner, STARTER);
  const { numbers } = await owner.ok(c.getInterchange, { params: { partId: part.id } });
  const added = numbers.find((n) => n.number === 'LKQ;77-12');
  expect(added).toMatchObject({ kind: 'oe', basis: 'feed:LKQ' });
});

test('JSON: one number stands for another, under the name of its database', async () => {
  const records = [{ from: 'CP-900', to: STARTER, relation: 'interchange', needs_coding: true }];
  await taken('callparts.json', JSON.stringify({ source: 'Callparts', records }));
  expect((await partByNumber(owner, 'CP-900')).number).toBe(STARTER);
});

test('the same feed again changes nothing; unknown parts are named by their line', async () => {
  const same = JSON.stringify({
    source: 'Callparts',
    records: [{ from: 'CP-900', to: STARTER, relation: 'interchange', needs_coding: true }],
  });
  const again = await upload('callparts.json', same);
  expect(again.report?.sheets).toMatchObject([{ rows: 1, added: 0, changed: 0, unchanged: 1 }]);
  const wrong = await upload('x.csv', 'part,kind,number\nNO-SUCH-PART,oe,1\n');
  expect(wrong.state).toBe('refused');
  expect(wrong.report?.faults[0]).toMatchObject({ cell: 'A2' });
});

test('what is no feed is refused', async () => {
  for (const [name, text] of [
    ['a.csv', 'hello,world\n1,2\n'],
    ['a.json', '{"records": 7}'],
    ['a.json', '{'],
    ['a.csv', ''],
  ] as const) {
    const file = { name, bytes: new TextEncoder().encode(text) };
    expect(await owner.refused(c.startImport, { file })).toBe('IMPORT_FILE_REQUIRED');
  }
});

test('a feed of anything is told what is missing, nothing falls over', async () => {
  const odd = { toString: '', part: { toString: '' }, number: [{}], kind: 'constructor' };
  for (const records of [[odd], [null, 1, 'x'], [[odd]]]) {
    const text = JSON.stringify({ source: { toString: '' }, records });
    const { faultCount = 0, faults = [] } = (await upload('odd.json', text)).report ?? {};
    expect(faultCount).toBeGreaterThan(0);
    expect(faults.map((f) => f.code)).toContain('REQUIRED');
  }
  const csv = await upload('odd.csv', 'part,kind,number,__proto__\n__proto__,oe,toString,x\n');
  expect(csv.report?.faults.map((f) => f.code)).toEqual(['PART_UNKNOWN']);
});
