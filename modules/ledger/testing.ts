/** What the ledger's own tests share: an installation with this module only, and events of a small plant. */
import { associationEvent, type EpcisEvent, objectEvent, transformationEvent } from '@zaizao/epcis';
import { transact } from '@zaizao/platform/db';
import { type App, type Ctx, type Module, makeCtx, type OrgRef } from '@zaizao/platform/http';
import { newId, text } from '@zaizao/platform/kernel';
import { startTestApp, type TestApp } from '@zaizao/platform/testkit';
import { ledgerModule } from './index.ts';

/** An installation for tests and benches. */
export type LedgerApp = TestApp;

export function ledgerApp(
  options: { background?: boolean; now?: Date; modules?: readonly Module[]; onDisk?: boolean } = {},
): Promise<TestApp> {
  const { modules = [], ...rest } = options;
  return startTestApp({
    modules: [ledgerModule, ...modules],
    identity: {
      roles: {
        owner: { title: text('负责人', 'Owner'), permissions: ['*'] },
        reader: { title: text('读者', 'Reader'), permissions: ['ledger.event:read'] },
        stranger: { title: text('访客', 'Guest'), permissions: [] },
      },
      kinds: { remanufacturer: text('再制造企业', 'Remanufacturer') },
    },
    ...rest,
  });
}

/** Runs a door function as a use case of the organisation would. */
export async function inOrg<T>(app: App, org: OrgRef, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const after: (() => void)[] = [];
  const principal = { kind: 'system', id: 'test', name: 'test' } as const;
  const value = await transact(app.db, { kind: 'org', org: org.no, actor: 'system:test' }, (tx) => {
    after.length = 0;
    const now = app.clock.now();
    const requestId = newId('req');
    const afterCommit = (f: () => void) => after.push(f);
    return work(makeCtx({ app, tx, org, principal, lang: 'en', requestId, now, afterCommit }));
  });
  for (const f of after) f();
  return value;
}

export const giai = (code: string) => `https://id.gs1.org/8004/952000001${code}`;
export const sgtin = (serial: string) => `https://id.gs1.org/01/09520000100018/21/${serial}`;
const SITE = 'https://id.gs1.org/414/9520000100001';

const at = (minute: number) => new Date(Date.UTC(2026, 1, 1, 0, minute));

export function receiving(core: string, minute = 0): EpcisEvent {
  return objectEvent({
    ...{ action: 'ADD', bizStep: 'receiving', disposition: 'in_progress' },
    ...{ eventTime: at(minute), epcList: [core], readPoint: SITE, bizLocation: SITE },
  });
}

export function tearingDown(core: string, components: readonly string[], minute = 10): EpcisEvent {
  return transformationEvent({
    ...{ bizStep: 'disassembling', eventTime: at(minute), readPoint: SITE },
    ...{ inputEPCList: [core], outputEPCList: components },
  });
}

export function installing(unit: string, components: readonly string[], minute = 20): EpcisEvent {
  return associationEvent({
    ...{ action: 'ADD', bizStep: 'installing', eventTime: at(minute), readPoint: SITE },
    ...{ parentID: unit, childEPCs: components },
  });
}

export function removing(unit: string, components: readonly string[], minute = 30): EpcisEvent {
  return associationEvent({
    ...{ action: 'DELETE', bizStep: 'removing', eventTime: at(minute), readPoint: SITE },
    ...{ parentID: unit, childEPCs: components },
  });
}

export function remanufacturing(inputs: readonly string[], unit: string, minute = 25): EpcisEvent {
  return transformationEvent({
    ...{ bizStep: 'assembling', eventTime: at(minute), readPoint: SITE },
    ...{ inputEPCList: inputs, outputEPCList: [unit] },
  });
}
