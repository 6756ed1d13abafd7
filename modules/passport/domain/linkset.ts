import type { JsonObject } from '@zaizao/tlog';

export interface Resolved {
  /** Address of this resolver, without a slash at its end. */
  readonly publicUrl: string;
  /** GS1 key of the thing, `/01/…/21/…`. */
  readonly keyPath: string;
  readonly pagePath: string;
  readonly epc: string;
  /** Of the product, for whoever lists links. */
  readonly title?: string | undefined;
  readonly certificateUrl?: string | undefined;
  /** There is a signed passport. */
  readonly isSigned?: boolean | undefined;
}

interface Link {
  readonly href: string;
  readonly type: string;
  readonly title: string;
  readonly hreflang?: readonly string[];
}

const GS1 = 'https://gs1.org/voc/';

/** Where each link type leads (GS1 Web Vocabulary); the first of a type is its default. */
function targetsOf(r: Resolved): Readonly<Record<string, readonly Link[]>> {
  const at = (path: string, query = '') =>
    `${r.publicUrl}/api/v1/passport${path}?epc=${encodeURIComponent(r.epc)}${query}`;
  const link = (href: string, type: string, title: string): Link => ({ href, type, title });
  const name = r.title ?? 'Product passport';
  const page: Link = {
    ...link(`${r.publicUrl}${r.pagePath}`, 'text/html', name),
    hreflang: ['zh-CN', 'en'],
  };
  const signed: Readonly<Record<string, readonly Link[]>> = {
    [`${GS1}dpp`]: [
      page,
      link(at('/bundle'), 'application/json', 'Passport that verifies offline'),
    ],
    [`${GS1}traceability`]: [
      link(at('/bundle'), 'application/json', 'Passport that verifies offline'),
      link(at('/events'), 'application/vc', 'Traceability events (UNTP DTE)'),
      link(at('/events', '&form=jwt'), 'application/vc+jwt', 'Traceability events (UNTP DTE)'),
    ],
    [`${GS1}certificationInfo`]: [
      ...(r.certificateUrl
        ? [link(r.certificateUrl, 'application/pdf', 'Certificate of conformity')]
        : []),
      link(at('/conformity'), 'application/vc', 'Conformity credential (UNTP DCC)'),
      link(
        at('/conformity', '&form=jwt'),
        'application/vc+jwt',
        'Conformity credential (UNTP DCC)',
      ),
    ],
    [`${GS1}masterData`]: [
      link(at('/aas'), 'application/json', 'Asset Administration Shell'),
      link(at('/catena-x'), 'application/json', 'Catena-X RemanufacturingCertificate 3.0.0'),
    ],
  };
  return {
    [`${GS1}defaultLink`]: [page],
    [`${GS1}pip`]: [page],
    [`${GS1}sustainabilityInfo`]: [link(at(''), 'application/json', 'Passport data')],
    [`${GS1}returnProduct`]: [page],
    ...(r.isSigned ? signed : {}),
  };
}

/** All links of a thing as an RFC 9264 linkset. */
export function linksetOf(resolved: Resolved): JsonObject {
  const targets: JsonObject = Object.fromEntries(
    Object.entries(targetsOf(resolved)).map(([type, links]) => [
      type,
      links.map((link): JsonObject => ({ ...link })),
    ]),
  );
  return {
    linkset: [
      {
        anchor: `${resolved.publicUrl}${resolved.keyPath}`,
        ...(resolved.title ? { itemDescription: resolved.title } : {}),
        ...targets,
      },
    ],
  };
}

/** The same as an HTTP `Link` header (RFC 8288): the default, and where all links are told. */
export function linkHeaderOf(resolved: Resolved): string {
  const { publicUrl, keyPath } = resolved;
  const linkset = `${publicUrl}${keyPath}?linkType=linkset`;
  const page = linkOf(resolved, 'gs1:defaultLink') ?? publicUrl;
  return [
    `<${linkset}>; rel="linkset"; type="application/linkset+json"`,
    `<${page}>; rel="${GS1}defaultLink"`,
  ].join(', ');
}

/**
 * Where one link type leads: `gs1:pip`, its full URI or the bare word; undefined when there is no such
 * link here. Of several the one of a wanted media type, else the first.
 * @param wants whether a media type is asked for by name
 */
export function linkOf(
  resolved: Resolved,
  linkType: string,
  wants: (mediaType: string) => boolean = () => false,
): string | undefined {
  const type = linkType.startsWith(GS1) ? linkType : GS1 + linkType.replace(/^gs1:/, '');
  const targets = targetsOf(resolved);
  const links = Object.hasOwn(targets, type) ? targets[type] : undefined;
  return (links?.find((link) => wants(link.type)) ?? links?.[0])?.href;
}

/** What a resolver says of itself at `/.well-known/gs1resolver` (GS1-Conformant Resolver 1.1 §9). */
export function resolverDescription(publicUrl: string): JsonObject {
  return {
    name: 'Zaizao resolver of remanufactured products',
    resolverRoot: publicUrl,
    supportedPrimaryKeys: ['01', '8004'],
    supportedLinkTypes: [
      {
        namespace: GS1,
        prefix: 'gs1:',
        linkTypes: [
          ...['defaultLink', 'pip', 'dpp', 'sustainabilityInfo', 'traceability'],
          ...['certificationInfo', 'masterData', 'returnProduct'],
        ].map((word) => `gs1:${word}`),
      },
    ],
    supportedContextValuesEnumerated: { 'accept-language': ['zh-CN', 'en'] },
    validityPeriod: 'P10Y',
    extensionProfiles: [],
  };
}
