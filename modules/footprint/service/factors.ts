import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { listFactors } from '../contract.ts';
import facts from '../data/factors.json' with { type: 'json' };
import { footprintErrors } from '../errors.ts';

type Factor = z.input<(typeof listFactors)['response']>['items'][number];

// The file is the product's own; its test reads every factor through the contract.
const FACTORS = facts.factors as readonly Factor[];

export const { version: factorsVersion, claims, perUnit } = facts;

export const allFactors = (): Factor[] => [...FACTORS];

export function gridFactor(id: string): Result<Factor> {
  const found = FACTORS.find((f) => f.id === id && f.kind === 'grid');
  return found ? ok(found) : err(footprintErrors.FACTOR_UNKNOWN({ id }));
}

/** New material of every kind, as one average metal: a proxy, and called so. */
export function materialFactor(): Factor {
  const found = FACTORS.find((f) => f.kind === 'material');
  if (!found) throw new Error('the factors name a material');
  return found;
}
