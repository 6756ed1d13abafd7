import type { Text } from '@zaizao/platform/kernel';
import { type Choice, type Limit as LimitBand, useSay, useTexts } from '@zaizao/platform/ui';
import type { z } from 'zod';
import type {
  getBom,
  getRoute,
  listCharacteristics,
  listProgrammes,
  PartView,
} from '../contract.ts';
import { LEVELS } from '../domain/code-lists.ts';
import { parseCondition } from '../domain/route.ts';
import { productFamilies } from '../domain/vocabulary.ts';

export type Part = z.output<typeof PartView>;
export type BomShown = z.output<(typeof getBom)['response']>;
export type RouteShown = z.output<(typeof getRoute)['response']>;
export type Step = RouteShown['steps'][number];
export type ProgrammeShown = z.output<(typeof listProgrammes)['response']>['items'][number];
export type Characteristic = z.output<(typeof listCharacteristics)['response']>['items'][number];

/** The choices of a code list, in the reader’s language. */
export function useChoices<T extends string>(table: Readonly<Record<T, Text>>): Choice<T>[] {
  const say = useSay();
  // Object.entries loses the literal keys of the table
  return (Object.entries(table) as [T, Text][]).map(([value, name]) => ({
    value,
    label: say(name),
  }));
}

export function useFamilies(): Choice[] {
  const say = useSay();
  return productFamilies().map((f) => ({ value: f.code, label: say(f.name) }));
}

/** What a family is called, by its code. */
export function useFamilyName(): (code: string) => string {
  const say = useSay();
  return (code) => {
    const found = productFamilies().find((f) => f.code === code);
    return found ? say(found.name) : code;
  };
}

/** The limits in force as bands for a {@link LimitBar}. */
export function useBands(): (limits: Characteristic['inForce']) => LimitBand[] {
  const say = useSay();
  return (limits) =>
    limits.map((l) => ({
      name: l.customer ?? say(LEVELS[l.level]),
      low: l.min,
      high: l.max,
    }));
}

/** A condition of a route in words. */
export function useCondition(): (when: string) => string {
  const t = useTexts('catalog');
  return (when) =>
    (parseCondition(when) ?? [])
      .map((f) =>
        'pos' in f
          ? t(`route.finding.${f.kind}`, { pos: f.pos })
          : t(`route.finding.${f.kind}`, { code: f.code }),
      )
      .join(t('route.or'));
}
