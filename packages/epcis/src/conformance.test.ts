import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { runConformance } from './conformance.ts';
import { documentOf, eventHash, objectEvent } from './index.ts';

const dataDir = process.env.ZAIZAO_DATA ?? '../shared/data';

test.skipIf(!existsSync(dataDir)).each([
  ['event-hash', 63],
  ['event-hash-equality', 11],
  ['epcis-documents', 200],
] as const)('%s: all, at least %i (skipped without ZAIZAO_DATA)', async (suite, count) => {
  const report = await runConformance(dataDir, suite);
  expect(report.failures).toEqual([]);
  expect(report.passed).toBeGreaterThanOrEqual(count);
});

const event = objectEvent({
  eventTime: '2026-11-22T09:00:00+08:00',
  action: 'OBSERVE',
  epcList: ['urn:epc:id:sgtin:952012.0345678.1'],
});

function folderOf(files: Readonly<Record<string, string>>): string {
  const home = mkdtempSync(join(tmpdir(), 'conformance-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, 'epcis', name)), { recursive: true });
    writeFileSync(join(home, 'epcis', name), text);
  }
  return home;
}

test('other pairs of events and hashes: every event counts, in whatever file it is', async () => {
  const document = JSON.stringify(documentOf([event, event], { creationDate: event.eventTime }));
  const hash = eventHash(event);
  const draft = eventHash(event, undefined, { version: '2.1' });
  const home = folderOf({
    'a/Some name.jsonld': `\uFEFF${document}`,
    'a/Some name.hashes': `${hash}\r\n${hash}\r\n`,
    'b/c/few.json': document,
    'b/c/few.hashes': hash,
    'd/broken.json': document.slice(0, -9),
    'd/broken.hashes': hash,
    'd/alone.hashes': hash,
    'documents/apart.json': document,
    'expected/CBV2.1/apart.hashes': `${draft}\n${draft}`,
  });
  expect(await runConformance(home, 'event-hash')).toEqual({
    name: 'event-hash',
    passed: 5,
    failed: 3,
    failures: [
      'few.json: 2 events, 1 expected hashes',
      'alone 0: no document',
      expect.stringContaining('broken.json 0: not'),
    ],
  });
});

test('other documents: what is no EPCIS is no failure, what is meant as such is', async () => {
  const document = JSON.stringify(documentOf([event], { creationDate: event.eventTime }));
  const xml = `<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:1" schemaVersion="1.2"
    creationDate="2018-02-27T21:52:16.416129"><EPCISBody><EventList><ObjectEvent>
    <eventTime>2018-02-27T21:52:16Z</eventTime><eventTimeZoneOffset>+00:00</eventTimeZoneOffset>
    <epcList><epc>urn:epc:id:sgtin:952012.0345678.1</epc></epcList><action>OBSERVE</action>
    <disposition>urn:epcglobal:cbv:disp:unheard_of</disposition>
    </ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>`;
  const home = folderOf({
    'x/valid.json': document,
    'x/zoneless.xml': xml,
    'x/settings.json': '{ // not JSON\n}',
    'x/project.xml': '<project><![CDATA[<ObjectEvent/>]]></project>',
    'x/cut.json': document.slice(0, -3),
    'x/Invalid/cut.json': document.slice(0, -3),
    'x/invalid/valid.json': document,
    'x/zoneless.json': document.replace(
      /"creationDate":"[^"]*"/,
      '"creationDate":"2018-02-27T21:52:16"',
    ),
  });
  const { passed, failures } = await runConformance(home, 'epcis-documents');
  expect(passed).toBe(3);
  expect(failures.map((failure) => failure.slice(0, failure.indexOf(':')))).toEqual([
    'x/cut.json',
    'x/invalid/valid.json',
    'x/zoneless.json',
  ]);
});
