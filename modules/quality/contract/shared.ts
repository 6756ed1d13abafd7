/** What several of the module’s endpoints show. */
import { instant } from '@zaizao/platform/contract';
import { z } from 'zod';

export const bilingual = z.object({ zh: z.string(), en: z.string() });
export const PartRef = z.object({ id: z.string(), number: z.string(), name: bilingual });

export const Limit = z.object({
  level: z.enum(['national', 'enterprise', 'customer']),
  customer: z.string().optional(),
  min: z.string().optional(),
  max: z.string().optional(),
  version: z.number().int(),
  validFrom: z.string(),
  source: z.string(),
  /** Whether the value kept it; absent before there is a value. */
  pass: z.boolean().optional(),
});

export const TestRow = z.object({
  id: z.string(),
  code: z.string(),
  name: bilingual,
  /** `bool` takes 1 (yes) or 0 (no). */
  unit: z.string(),
  condition: z.string(),
  severity: z.enum(['critical', 'major', 'minor']),
  basis: z.string(),
  instrumentKind: z.string().optional(),
  limits: z.array(Limit),
  value: z.string().optional(),
  verdict: z.enum(['pass', 'fail', 'unlimited']).optional(),
  instrument: z.object({ id: z.string(), code: z.string(), name: z.string() }).optional(),
  measuredAt: instant.optional(),
});

export const UnitRef = z.object({
  id: z.string(),
  serial: z.string(),
  epc: z.string(),
  life: z.number().int(),
  part: PartRef,
});

/** Of a curve: seconds since its start, and the reading. */
export const point = z.tuple([z.number(), z.number()]);
