/** What several parts of the contract are made of. */
import { instant, line } from '@zaizao/platform/contract';
import type { Text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { version } from './permissions.ts';

// Object.keys loses the literal types; the tables are the only source of these lists.
export const keys = <T extends string>(table: Record<T, Text>) =>
  z.enum(Object.keys(table) as [T, ...T[]]);

export const codes = (list: readonly { code: string }[]) => {
  const [first, ...others] = list.map((x) => x.code);
  return z.enum([first ?? '', ...others]);
};

export const position = z.number().int().min(1).max(99_999);
export const share = z.number().min(0).max(100);
export const code = line(80);
export const basis = line(1000, 0);
export const names = z.object({ zh: line(200), en: line(200) });
export const versionQuery = z.object({ version: z.coerce.number().int().min(1).optional() });

/** The version that the writer saw, 0 for none: refused when somebody issued another since. */
export const follows = z.number().int().min(0).optional();
export const Revisions = z.array(z.object({ version, createdAt: instant, note: z.string() }));
