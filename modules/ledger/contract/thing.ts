import { endpoint, line } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { bilingual, read } from './shared.ts';

export const thingKinds = [
  'core',
  'component',
  'lot',
  'unit',
  'work-order',
  'site',
  'station',
  'document',
] as const;

/** A thing of a module, as the ledger knows it. */
export const thing = z.object({
  kind: z.enum(thingKinds),
  ref: z.string(),
  epc: z.string(),
  code: z.string(),
  name: bilingual,
});
export type Thing = z.infer<typeof thing>;

export const epcParam = z.object({ epc: z.string().min(1).max(500) });

export const scan = endpoint({
  id: 'ledger.scan',
  method: 'GET',
  path: '/api/v1/ledger/scan',
  title: text('扫码查物', 'Find the thing behind a scan'),
  access: read,
  query: z.object({ code: line(500) }),
  response: z.object({ thing }),
});
