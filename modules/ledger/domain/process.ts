/**
 * What was done, where the business step says less: the CBV calls cleaning and restoring both
 * `repairing`, what becomes of a warranty claim holding, inspecting or repairing, and has no word for
 * what becomes of a key.
 * A key of the words that the pages have; undefined where the business step says it.
 */
export function processOf(event: object): string | undefined {
  const own = event as Record<string, unknown>; // any event’s own fields
  const { 'zz:process': process, 'zz:claimStep': claim, 'zz:keyState': key } = own;
  if (typeof process === 'string') return process;
  if (typeof claim === 'string') return `claim-${claim}`;
  return typeof key === 'string' ? `key-${key}` : undefined;
}
