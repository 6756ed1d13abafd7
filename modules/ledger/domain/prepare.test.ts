import { expect, test } from 'vitest';
import { readCapture } from './prepare.ts';

const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** A document as text, with a namespace, an extension and an attribute of master data as they are written. */
function documentWith(namespace: string, extension: string, attribute = '"Suzhou"'): string {
  return `{"@context":["${CONTEXT}",{"ex":"${namespace}"}],"type":"EPCISDocument","schemaVersion":"2.0",
    "creationDate":"2026-01-01T00:00:00Z","epcisHeader":{"epcisMasterData":{"vocabularyList":[{
      "type":"urn:epcglobal:epcis:vtype:BusinessLocation","vocabularyElementList":[{"id":"urn:x:1",
      "attributes":[{"id":"cbvmda:city","attribute":${attribute}}]}]}]}},
    "epcisBody":{"eventList":[{"type":"ObjectEvent","action":"OBSERVE","eventTime":"2026-01-01T00:00:00Z",
      "eventTimeZoneOffset":"+00:00","epcList":[],"ex:x":${extension}}]}}`;
}

const read = (text: string) =>
  readCapture(text, { isXml: false, nowUs: Date.UTC(2026, 1, 1) * 1000, limit: 10 });

test('what neither the database nor the log can hold is refused, wherever it stands', () => {
  expect(read(documentWith('https://x/', '1'))).toMatchObject({
    prepared: { faults: [], namespaces: [{ prefix: 'ex' }] },
  });
  for (const odd of ['\\u0000', '\\ud800']) {
    for (const text of [documentWith(odd, '1'), documentWith('https://x/', `{"a":"${odd}"}`)]) {
      expect(read(text)).toMatchObject({
        prepared: { accepted: [], faults: [{ detail: 'characters that are none' }] },
      });
    }
    expect(read(documentWith(odd, '1'))).toMatchObject({ prepared: { namespaces: [] } });
    expect(read(documentWith('https://x/', '1', `["${odd}"]`)).kind).toBe('fault');
  }
});

test('numbers that no double holds keep their digits, or the document is no JSON', () => {
  const json = (digits: string) => {
    const found = read(documentWith('https://x/', digits));
    return found.kind === 'prepared' ? found.prepared.accepted[0]?.json : found.kind;
  };
  expect(json('1e400')).toContain('"ex:x":1e400');
  for (const digits of ['1e999', '1e-999', '1e-0000000000500']) expect(json(digits)).toBe('fault');
});
