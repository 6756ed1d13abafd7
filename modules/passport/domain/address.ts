import { canonicalUri } from '@zaizao/gs1';

/** Application identifiers under which a passport has a page. */
const KEY_PATHS = /^\/(01\/\d{14}\/21\/[^/]+|8004\/[^/]+)$/;

/**
 * Path of the GS1 key of a thing below a resolver, `/01/…/21/…` or `/8004/…`; undefined for
 * identifiers of other kinds.
 */
export function keyPath(epc: string): string | undefined {
  const canonical = canonicalUri(epc);
  if (!URL.canParse(canonical)) return undefined;
  const { pathname } = new URL(canonical);
  return KEY_PATHS.test(pathname) ? pathname : undefined;
}

/** The page of a passport in the web application. */
export function pagePath(epc: string): string {
  const path = keyPath(epc);
  return path === undefined ? `/passport?epc=${encodeURIComponent(epc)}` : `/passport${path}`;
}

/** Canonical identifier behind a resolver's path: `/01/09520…/21/S1` or `/8004/…`. */
export function epcOfPath(path: string): string {
  return canonicalUri(`https://id.gs1.org${path}`);
}
