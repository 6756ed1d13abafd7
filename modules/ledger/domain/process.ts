/**
 * What was done, where the business step says less: the CBV calls cleaning and restoring both
 * `repairing`, and what becomes of a warranty claim holding, inspecting or repairing.
 * A key of the words that the pages have; undefined where the business step says it.
 */
export function processOf(event: object): string | undefined {
  const { 'zz:process': process, 'zz:claimStep': claim } = event as Record<string, unknown>; // any event’s own fields
  if (typeof process === 'string') return process;
  return typeof claim === 'string' ? `claim-${claim}` : undefined;
}
