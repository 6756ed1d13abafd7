import type { Text } from '@zaizao/platform/kernel';
import { type Choice, useSay } from '@zaizao/platform/ui';
import { LICENCE_KINDS, ORGANISATION_KINDS, SITE_KINDS } from '../contract.ts';

/** The choices of a code list, in the reader’s language. */
export function useChoices<T extends string>(table: Readonly<Record<T, Text>>): Choice<T>[] {
  const say = useSay();
  // Object.entries loses the literal keys of the table
  return (Object.entries(table) as [T, Text][]).map(([value, name]) => ({
    value,
    label: say(name),
  }));
}

export const useOrganisationKinds = () => useChoices(ORGANISATION_KINDS);
export const useSiteKinds = () => useChoices(SITE_KINDS);
export const useLicenceKinds = () => useChoices(LICENCE_KINDS);
