import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventHash } from '../event-hash.ts';
import { eventsIn } from '../events-in.ts';
import { isJsonObject, type JsonObject, parseJson, stringifyJson } from '../json.ts';
import type { EpcisDocument } from '../model.ts';
import { validateDocument } from '../validate.ts';
import { parseEpcisXml, writeEpcisXml, type XmlOptions } from './index.ts';

const dataDir = process.env.ZAIZAO_DATA ?? '../shared/data';
const STYLES: readonly XmlOptions[] = [{}, { cbv: 'urn' }, { version: '1.2' }];

function documentIn(file: string): JsonObject | undefined {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.xml')) {
    const parsed = parseEpcisXml(text);
    return parsed.ok ? (parsed.value.content as unknown as JsonObject) : undefined; // JSON by construction
  }
  const json = parseJson(text);
  return isJsonObject(json) ? json : undefined;
}

function hashesOf(document: JsonObject): string[] {
  const { events, context } = eventsIn(document);
  return events.map((event) => eventHash(event, context));
}

test.skipIf(!existsSync(dataDir))(
  'every published document keeps its hashes when written as XML 2.0 and 1.2 (skipped without ZAIZAO_DATA)',
  () => {
    const root = join(dataDir, 'epcis');
    const folders = [
      'gs1/examples-json',
      'gs1/examples-xml',
      'openepcis-test-resources',
      'event-hash',
    ];
    const files = folders.flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(json|jsonld|xml)$/.test(file) && !/Invalid/.test(file))
        .map((file) => join(root, folder, file)),
    );
    const failures: string[] = [];
    let compared = 0;
    for (const file of files) {
      const document = documentIn(file);
      if (!document || !/^EPCIS/.test(String(document.type))) continue;
      for (const style of STYLES) {
        const written = writeEpcisXml(document as unknown as EpcisDocument, style); // a published document
        const back = written.ok ? parseEpcisXml(written.value) : written;
        const same =
          back.ok &&
          hashesOf(back.value.content as unknown as JsonObject).join() ===
            hashesOf(document).join();
        if (!same) failures.push(`${file} ${JSON.stringify(style)}`);
        compared++;
      }
    }
    expect(failures).toEqual([]);
    expect(compared).toBeGreaterThan(500);
  },
);

const context = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { ex: 'https://ex.example/' },
];
const event = {
  type: 'ObjectEvent',
  eventTime: '2026-01-01T00:00:00.000Z',
  eventTimeZoneOffset: '+08:00',
  action: 'ADD',
  bizStep: 'repairing',
  epcList: ['urn:epc:id:sgtin:9521141.001234.2017'],
  ilmd: { 'ex:lot': 'A<&>"\'', 'ex:of': 'ex:thing', 'https://other.example/ns#x': 1.5 },
  'ex:list': ['a', 'b'],
};
const documentOf = (own: object): EpcisDocument =>
  ({
    '@context': context,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-01-01T00:00:00Z',
    epcisBody: { eventList: [{ ...event, ...own }] },
  }) as unknown as EpcisDocument; // built as a document

test('spells terms as Web URIs or URNs, and keeps the order of the XML Schema', () => {
  const web = writeEpcisXml(documentOf({}));
  const urn = writeEpcisXml(documentOf({}), { version: '1.2' });
  if (!web.ok || !urn.ok) throw new Error('unwritable');
  expect(web.value).toContain('<bizStep>https://ref.gs1.org/cbv/BizStep-repairing</bizStep>');
  expect(urn.value).toContain('<bizStep>urn:epcglobal:cbv:bizstep:repairing</bizStep>');
  expect(web.value).toContain('xmlns:ex="https://ex.example/"');
  expect(web.value).toContain('A&lt;&amp;&gt;');
  const order = ['<eventTime>', '<epcList>', '<action>', '<bizStep>', '<ilmd>', '<ex:list>'];
  const places = order.map((tag) => web.value.indexOf(tag));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(urn.value).toMatch(/<extension><ilmd>.*<\/ilmd><\/extension>/);
});

test('refuses what XML does not have', () => {
  expect(writeEpcisXml(documentOf({ 'ex:text': '\u0001' })).ok).toBe(false);
  expect(writeEpcisXml(documentOf({ 'ex:1 2': 'x' })).ok).toBe(false);
});

test('an event type of others keeps its name', () => {
  const own = { type: 'ex:Weighing', epcList: undefined, ilmd: undefined };
  const written = writeEpcisXml(documentOf(own));
  const back = written.ok ? parseEpcisXml(written.value) : written;
  expect(back.ok && back.value.content).toMatchObject({
    epcisBody: { eventList: [{ type: 'ex:Weighing' }] },
  });
});

test('what XML has no form for is refused, nothing falls over', () => {
  const mute = { toString: '', valueOf: '' };
  const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
  const head = { '@context': context, schemaVersion: '2.0', creationDate: '2026-01-01T00:00:00Z' };
  const event = {
    ...{ type: 'ObjectEvent', action: 'OBSERVE', eventTime: '2026-01-01T00:00:00Z' },
    ...{ eventTimeZoneOffset: '+00:00', epcList: [], 'gs1:x': { '#text': mute } },
  };
  const attributes = [{ id: 'urn:a:b', attribute: [mute] }];
  const vocabulary = {
    type: 'urn:epcglobal:epcis:vtype:BusinessLocation',
    vocabularyElementList: [{ id: 'urn:x:1', attributes }],
  };
  const documents: unknown[] = [
    { ...head, type: 'EPCISDocument', epcisBody: { eventList: [event] } },
    {
      ...{ ...head, type: 'EPCISDocument', epcisBody: { eventList: [] } },
      epcisHeader: { epcisMasterData: { vocabularyList: [vocabulary] } },
    },
  ];
  for (const document of documents) {
    expect(validateDocument(document)).toMatchObject({ ok: true });
    expect(writeEpcisXml(document as EpcisDocument)).toMatchObject({
      error: { code: 'XML_UNWRITABLE' },
    });
  }
});

test('a number of an XML report that no double holds stays as it is written', () => {
  const report = (value: string) => {
    const parsed = parseEpcisXml(
      `<ObjectEvent><eventTime>2026-01-01T00:00:00Z</eventTime><eventTimeZoneOffset>+00:00</eventTimeZoneOffset>
      <action>OBSERVE</action><sensorElementList><sensorElement><sensorReport type="Torque" value="${value}"/>
      </sensorElement></sensorElementList></ObjectEvent>`,
    );
    expect(parsed.ok).toBe(true);
    return parsed.ok ? stringifyJson(parsed.value.content as unknown as JsonObject) : ''; // JSON by construction
  };
  expect(report('+0.1234567890123456789')).toContain('"value":0.1234567890123456789');
  expect(report('1e-500')).toContain('"value":"1e-500"');
  expect(report('1e999')).toContain('"value":"1e999"');
});
