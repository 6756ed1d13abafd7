import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { queryParameterFault, validateQuery } from './query-parameter.ts';
import { parseQueryMessage } from './xml/index.ts';

const dataDir = process.env.ZAIZAO_DATA ?? '../shared/data';
const schemaFile = join(dataDir, 'epcis/gs1/rest/query-schema.json');

/** A value of the kind that the official schema names. */
function example(
  schema: { type?: string; $ref?: string; items?: object; enum?: string[] },
  name: string,
): string {
  const kind = `${schema.$ref ?? ''} ${JSON.stringify(schema.items ?? {})}`;
  if (schema.enum) return schema.enum[0] ?? '';
  if (/time/.test(kind) || /date-string-or-number$/.test(schema.$ref ?? ''))
    return '2026-01-01T00:00:00Z';
  if (schema.type === 'boolean') return 'true';
  if (/action/.test(kind)) return 'ADD';
  if (/eventType/.test(kind)) return 'ObjectEvent';
  if (schema.type === 'number' || schema.type === 'integer' || /decimal|number/.test(kind)) {
    return name.startsWith('EXISTS') ? '' : '1';
  }
  return name === 'orderBy' ? 'eventTime' : 'https://example.com/1';
}

test.skipIf(!existsSync(schemaFile))(
  'every parameter of the official query schema is known (skipped without ZAIZAO_DATA)',
  () => {
    const schema = JSON.parse(readFileSync(schemaFile, 'utf8')).definitions['EPCIS-Query'];
    const fixed = Object.entries<object>(schema.properties).filter(([name]) => name !== '@context');
    const patterned = Object.entries<object>(schema.patternProperties).map(
      ([pattern, kind]): [string, object] => [
        pattern
          .replace(/^\^|\$$/g, '')
          .replace('[a-z][a-zA-Z0-9]*\\\\:\\\\w+', 'ex:field')
          .replace('\\\\w+_\\\\w+', 'readPoint_name')
          .replace('[a-z][a-zA-Z0-9_]+', 'po')
          .replace('[A-Z0-9]{2,4}', 'KEL'),
        kind,
      ],
    );
    const faults = [...fixed, ...patterned].flatMap(
      ([name, kind]) => queryParameterFault(name, [example(kind, name)]) ?? [],
    );
    expect(faults).toEqual([]);
    expect([fixed.length, patterned.length]).toEqual([60, 108]);
  },
);

test('refuses unknown parameters and values of another kind', () => {
  expect(queryParameterFault('GE_eventDate', ['2026-01-01T00:00:00Z'])).toContain('unknown');
  expect(queryParameterFault('GE_eventTime', ['yesterday'])).toContain('GE_eventTime');
  expect(queryParameterFault('EQ_action', ['SHIPPED'])).toContain('SHIPPED');
  expect(
    queryParameterFault('GE_eventTime', ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z']),
  ).toBe('GE_eventTime takes one value');
  expect(validateQuery({ eventCountLimit: 5 }).ok).toBe(false);
  expect(validateQuery({ orderBy: 'eventTime', eventCountLimit: 5 }).ok).toBe(true);
});

const poll = (params: string) => `<q:EPCISQueryDocument xmlns:q="urn:epcglobal:epcis-query:xsd:2"
  schemaVersion="2.0" creationDate="2026-01-01T00:00:00Z"><EPCISBody><q:Poll>
  <queryName>SimpleEventQuery</queryName><params>${params}</params></q:Poll></EPCISBody></q:EPCISQueryDocument>`;

test('reads messages of the query interface', () => {
  const list = '<value><string>ObjectEvent</string><string>AggregationEvent</string></value>';
  expect(parseQueryMessage(poll(`<param><name>eventType</name>${list}</param>`))).toEqual({
    ok: true,
    value: {
      kind: 'Poll',
      queryName: 'SimpleEventQuery',
      params: { eventType: ['ObjectEvent', 'AggregationEvent'] },
    },
  });
  const bare = parseQueryMessage(poll('<param><name>EQ_readPoint</name></param>'));
  expect(bare).toMatchObject({ ok: false, error: { code: 'QUERY_PARAMETER' } });
  const soap = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
    <q:GetQueryNames xmlns:q="urn:epcglobal:epcis-query:xsd:1"/></s:Body></s:Envelope>`;
  expect(parseQueryMessage(soap)).toMatchObject({ ok: true, value: { kind: 'GetQueryNames' } });
});
