import { describe, expect, test } from 'vitest';
import {
  aggregationEvent,
  associationEvent,
  bizStep,
  documentOf,
  EPCIS_CONTEXT,
  eventHash,
  objectEvent,
  queryDocumentOf,
  transactionEvent,
  transformationEvent,
  validateDocument,
  validateEvent,
  walkThings,
  zaizaoBizStep,
} from './index.ts';

const time = new Date('2026-11-22T01:00:00Z');
const core = 'https://id.gs1.org/01/09520123456788/21/CORE';
const unit = 'urn:epc:id:sgtin:952012.0345678.NEW';
const lot = 'urn:epc:class:lgtin:952012.0345678.L1';

const events = [
  objectEvent({
    eventTime: time,
    action: 'OBSERVE',
    bizStep: bizStep.receiving,
    persistentDisposition: { set: ['returned'] },
    epcList: [core],
    quantityList: [{ epcClass: lot, quantity: 3 }],
    readPoint: 'https://id.gs1.org/414/4012345000054',
    bizTransactionList: [{ type: 'rma', bizTransaction: 'urn:example:rma:1' }],
  }),
  objectEvent({ eventTime: time, action: 'ADD', epcList: [unit], zzIlmd: { lot: 'L1' } }),
  transformationEvent({
    eventTime: time,
    bizStep: zaizaoBizStep.remanufacturing,
    inputEPCList: [core],
    inputQuantityList: [{ epcClass: lot, quantity: 1 }],
    outputEPCList: [unit],
    zz: { previousLife: core },
  }),
  associationEvent({
    eventTime: time,
    action: 'ADD',
    bizStep: bizStep.installing,
    parentID: unit,
    childEPCs: [core, 'https://shop.example/gtin/9520123456788/ser/CORE'],
  }),
  aggregationEvent({ eventTime: time, action: 'DELETE', parentID: unit }),
  transactionEvent({
    eventTime: time,
    action: 'ADD',
    epcList: [unit],
    bizTransactionList: [{ type: 'po', bizTransaction: 'urn:example:po:1' }],
  }),
];

test('everything the builders make is valid', () => {
  for (const event of events) {
    expect(validateEvent(event)).toMatchObject({ ok: true, warnings: [] });
    expect(event).not.toHaveProperty('zz');
  }
});

test('undefined fields are left out, a place may be just its identifier', () => {
  const event = objectEvent({
    eventTime: '2026-11-22T09:00:00+08:00',
    action: 'OBSERVE',
    epcList: [core],
    disposition: undefined,
    bizLocation: undefined,
    readPoint: 'https://id.gs1.org/414/4012345000054',
    zz: { grade: undefined, bench: 4 },
  });
  expect(event).toEqual({
    '@context': [EPCIS_CONTEXT, { zz: 'https://ns.zaizao.dev/' }],
    type: 'ObjectEvent',
    eventTime: '2026-11-22T09:00:00+08:00',
    eventTimeZoneOffset: '+08:00',
    action: 'OBSERVE',
    epcList: [core],
    readPoint: { id: 'https://id.gs1.org/414/4012345000054' },
    'zz:bench': 4,
  });
});

describe('walkThings', () => {
  test('every identifier with its role, canonical and as received', () => {
    const [received, , transformed, installed] = events;
    if (!received || !transformed || !installed) throw new Error('events are missing');
    expect(walkThings(received)).toEqual([
      { thing: core, asReceived: core, role: 'epc' },
      {
        thing: 'https://id.gs1.org/01/09520123456788/10/L1',
        asReceived: lot,
        role: 'epc-class',
      },
    ]);
    expect(walkThings(transformed).map(({ role }) => role)).toEqual([
      'input',
      'input-class',
      'output',
    ]);
    // Two spellings of one child are one child.
    expect(walkThings(installed)).toEqual([
      {
        thing: 'https://id.gs1.org/01/09520123456788/21/NEW',
        asReceived: unit,
        role: 'parent',
      },
      { thing: core, asReceived: core, role: 'child' },
    ]);
  });
});

describe('documents', () => {
  test('events under one context', () => {
    const document = documentOf(events, { creationDate: time, sender: 'plant-1' });
    expect(validateDocument(document)).toMatchObject({ ok: true, warnings: [] });
    expect(document['@context']).toEqual([EPCIS_CONTEXT, { zz: 'https://ns.zaizao.dev/' }]);
    expect(document.epcisBody.eventList.every((event) => event['@context'] === undefined)).toBe(
      true,
    );
    expect(
      document.epcisBody.eventList.map((event) => eventHash(event, document['@context'])),
    ).toEqual(events.map((event) => eventHash(event)));
  });

  test('answers to queries', () => {
    const document = queryDocumentOf(events, { creationDate: time, subscriptionID: 's1' });
    expect(validateDocument(document).ok).toBe(true);
    expect(document.epcisBody.queryResults).toMatchObject({
      queryName: 'SimpleEventQuery',
      subscriptionID: 's1',
    });
  });

  test('events whose prefixes clash keep their own context', () => {
    const other = objectEvent({
      eventTime: time,
      action: 'OBSERVE',
      epcList: [core],
      context: [EPCIS_CONTEXT, { zz: 'https://other.example/' }],
      zz: { grade: 'A' },
    });
    const document = documentOf([...events, other], { creationDate: time });
    expect(validateDocument(document).ok).toBe(true);
    expect(
      document.epcisBody.eventList.map((event) => eventHash(event, document['@context'])),
    ).toEqual([...events, other].map((event) => eventHash(event)));
  });
});
