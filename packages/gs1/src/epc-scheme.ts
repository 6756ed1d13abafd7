import type { Element } from './element.ts';
import { valueFor } from './element.ts';

/**
 * How an EPC scheme's numeric head maps to an element string: `digits` is the length of company prefix plus reference
 * without check digit; `lead` says where the first digit of the reference goes.
 */
interface NumericHead {
  readonly kind: 'numeric';
  readonly digits: number;
  readonly lead: 'front' | 'none';
  readonly prefix: '' | '0';
}

/** Company prefix followed by a free reference (GIAI, GINC, CPI). */
interface FreeHead {
  readonly kind: 'free';
}

export interface EpcScheme {
  readonly name: EpcSchemeName;
  readonly namespace: 'id' | 'class';
  readonly head: NumericHead | FreeHead;
  readonly primary: string;
  /** Where the part after the head goes: into the primary value, into a qualifier, or there is none. */
  readonly tail: 'none' | 'append' | { readonly qualifier: string };
  /** `piece.total` stands between head and tail. */
  readonly pieces: boolean;
  /** May be written as a class-level pattern `urn:epc:idpat:…*`. */
  readonly pattern: boolean;
}

export type EpcSchemeName =
  | 'sgtin'
  | 'lgtin'
  | 'sscc'
  | 'sgln'
  | 'pgln'
  | 'grai'
  | 'giai'
  | 'gsrn'
  | 'gsrnp'
  | 'gdti'
  | 'sgcn'
  | 'cpi'
  | 'ginc'
  | 'gsin'
  | 'itip'
  | 'upui';

const gtinHead: NumericHead = { kind: 'numeric', digits: 13, lead: 'front', prefix: '' };
const glnHead: NumericHead = { kind: 'numeric', digits: 12, lead: 'none', prefix: '' };
const serviceHead: NumericHead = { kind: 'numeric', digits: 17, lead: 'none', prefix: '' };

function scheme(
  name: EpcSchemeName,
  primary: string,
  head: EpcScheme['head'],
  tail: EpcScheme['tail'],
  rest: Partial<Pick<EpcScheme, 'namespace' | 'pieces' | 'pattern'>> = {},
): EpcScheme {
  return { name, primary, head, tail, namespace: 'id', pieces: false, pattern: false, ...rest };
}

/** EPC Tag Data Standard 2.0, section 6: pure identity URNs of the GS1 keys. */
export const EPC_SCHEMES: readonly EpcScheme[] = [
  scheme('sgtin', '01', gtinHead, { qualifier: '21' }, { pattern: true }),
  scheme('lgtin', '01', gtinHead, { qualifier: '10' }, { namespace: 'class' }),
  scheme('upui', '01', gtinHead, { qualifier: '235' }, { pattern: true }),
  scheme('sscc', '00', { kind: 'numeric', digits: 17, lead: 'front', prefix: '' }, 'none'),
  scheme('sgln', '414', glnHead, { qualifier: '254' }),
  scheme('pgln', '417', glnHead, 'none'),
  scheme('grai', '8003', { ...glnHead, prefix: '0' }, 'append', { pattern: true }),
  scheme('giai', '8004', { kind: 'free' }, 'none'),
  scheme('gsrn', '8018', serviceHead, 'none'),
  scheme('gsrnp', '8017', serviceHead, 'none'),
  scheme('gdti', '253', glnHead, 'append', { pattern: true }),
  scheme('sgcn', '255', glnHead, 'append', { pattern: true }),
  scheme('cpi', '8010', { kind: 'free' }, { qualifier: '8011' }, { pattern: true }),
  scheme('ginc', '401', { kind: 'free' }, 'none'),
  scheme('gsin', '402', { ...glnHead, digits: 16 }, 'none'),
  scheme('itip', '8006', gtinHead, { qualifier: '21' }, { pieces: true, pattern: true }),
];

export function schemeNamed(name: string, namespace: string): EpcScheme | undefined {
  return EPC_SCHEMES.find((candidate) =>
    namespace === 'idpat'
      ? candidate.name === name && candidate.pattern
      : candidate.name === name && candidate.namespace === namespace,
  );
}

/** The scheme, and whether instance or class level, that a set of Digital Link path elements stands for. */
export function schemeOf(
  elements: readonly Element[],
): { readonly scheme: EpcScheme; readonly level: 'instance' | 'class' } | undefined {
  const [primary] = elements;
  if (!primary) return undefined;
  const candidates = EPC_SCHEMES.filter((candidate) => candidate.primary === primary.ai);
  for (const candidate of candidates) {
    const { tail } = candidate;
    if (typeof tail === 'object' && valueFor(elements, tail.qualifier) !== undefined) {
      return { scheme: candidate, level: 'instance' };
    }
  }
  const [first] = candidates;
  if (!first) return undefined;
  if (first.tail === 'none' || first.name === 'sgln') return { scheme: first, level: 'instance' };
  if (first.tail === 'append') {
    const keyLength = first.primary === '8003' ? 14 : 13;
    return { scheme: first, level: primary.value.length > keyLength ? 'instance' : 'class' };
  }
  return { scheme: first, level: 'class' };
}
