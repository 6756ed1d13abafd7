const CANONICAL = 'https://id.gs1.org';

/**
 * A canonical Digital Link on our own address, as labels carry it: the same key, but a phone’s
 * camera opens our passport.
 */
export function linkOn(publicUrl: string, epc: string): string {
  return epc.startsWith(`${CANONICAL}/`) ? publicUrl + epc.slice(CANONICAL.length) : epc;
}
