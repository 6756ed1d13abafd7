import type { JsonObject } from '@zaizao/tlog';

export interface Resolved {
  /** Address of this resolver, without a slash at its end. */
  readonly publicUrl: string;
  /** GS1 key of the thing, `/01/…/21/…`. */
  readonly keyPath: string;
  readonly pagePath: string;
  readonly epc: string;
  readonly certificateUrl?: string | undefined;
}

const GS1 = 'https://gs1.org/voc/';

/** Where each link type leads. */
function targetsOf({ publicUrl, pagePath, epc, certificateUrl }: Resolved) {
  const epcQuery = `epc=${encodeURIComponent(epc)}`;
  const page = { href: `${publicUrl}${pagePath}`, type: 'text/html', hreflang: ['zh-CN', 'en'] };
  const passport = { href: `${publicUrl}/api/v1/passport?${epcQuery}`, type: 'application/json' };
  const bundle = {
    href: `${publicUrl}/api/v1/passport/bundle?${epcQuery}`,
    type: 'application/json',
    title: 'Passport that verifies offline',
  };
  return {
    [`${GS1}defaultLink`]: [page],
    [`${GS1}pip`]: [page],
    [`${GS1}sustainabilityInfo`]: [passport],
    [`${GS1}traceability`]: [bundle],
    [`${GS1}returnProduct`]: [page],
    ...(certificateUrl
      ? { [`${GS1}certificationInfo`]: [{ href: certificateUrl, type: 'application/pdf' }] }
      : {}),
  };
}

/** All links of a thing as an RFC 9264 linkset. */
export function linksetOf(resolved: Resolved): JsonObject {
  return {
    linkset: [{ anchor: `${resolved.publicUrl}${resolved.keyPath}`, ...targetsOf(resolved) }],
  };
}

/**
 * Where one link type leads: `gs1:pip`, its full URI or the bare word; undefined when there is no such
 * link here.
 */
export function linkOf(resolved: Resolved, linkType: string): string | undefined {
  const type = linkType.startsWith(GS1) ? linkType : GS1 + linkType.replace(/^gs1:/, '');
  const targets: Record<string, readonly { readonly href: string }[]> = targetsOf(resolved);
  return targets[type]?.[0]?.href;
}
