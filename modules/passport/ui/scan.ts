import { canonicalUri } from '@zaizao/gs1';
import { Problem, read, type ScanTarget } from '@zaizao/platform/ui';
import { getPassport } from '../contract/public.ts';
import { pagePath } from '../domain/address.ts';

/** A scanned label leads to its passport when the thing has one; asked after the modules that own it. */
export default async function scan(code: string): Promise<ScanTarget | undefined> {
  const epc = canonicalUri(code.trim());
  if (!epc.startsWith('https://id.gs1.org/')) return undefined;
  try {
    const { facts } = await read(getPassport, { query: { epc } });
    return { to: pagePath(facts.epc), label: `${facts.product.number} ${facts.serial}` };
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return undefined;
    throw error;
  }
}
