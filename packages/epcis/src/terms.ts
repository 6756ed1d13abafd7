import {
  bizStep,
  bizTransactionType,
  disposition,
  errorReason,
  measurementType,
  sensorComponent,
  sensorException,
  sourceDestType,
} from './vocabulary.ts';

/** A field whose values are words of one vocabulary. */
export interface TermField {
  readonly words: ReadonlySet<string>;
  /** What stands before the word in its URI. */
  readonly uri: string;
  /** What stands before the word in the URN of CBV 1.2; measurement types had none. */
  readonly urn: string | undefined;
}

function field(words: object, uri: string, urn?: string): TermField {
  return { words: new Set(Object.values(words).map(String)), uri, urn };
}

const CBV = 'https://ref.gs1.org/cbv/';
const URN = 'urn:epcglobal:cbv:';
const GS1 = 'https://gs1.org/voc/';

/** The vocabularies that fields draw their words from. */
export const TERM_FIELDS = {
  bizStep: field(bizStep, `${CBV}BizStep-`, `${URN}bizstep:`),
  disposition: field(disposition, `${CBV}Disp-`, `${URN}disp:`),
  bizTransactionType: field(bizTransactionType, `${CBV}BTT-`, `${URN}btt:`),
  sourceDestType: field(sourceDestType, `${CBV}SDT-`, `${URN}sdt:`),
  errorReason: field(errorReason, `${CBV}ER-`, `${URN}er:`),
  measurementType: field(measurementType, GS1),
  sensorException: field(sensorException, GS1),
  sensorComponent: field(sensorComponent, `${CBV}Comp-`),
} as const;

/** Name of a vocabulary. */
export type Vocabulary = keyof typeof TERM_FIELDS;

/** The vocabulary of a field of an event; `parent` is the enclosing field. */
export function termFieldOf(parent: string, name: string): TermField | undefined {
  switch (name) {
    case 'bizStep':
    case 'disposition':
      return TERM_FIELDS[name];
    case 'set':
    case 'unset':
      return parent === 'persistentDisposition' ? TERM_FIELDS.disposition : undefined;
    case 'reason':
      return parent === 'errorDeclaration' ? TERM_FIELDS.errorReason : undefined;
    case 'exception':
      return parent === 'sensorReport' ? TERM_FIELDS.sensorException : undefined;
    case 'component':
      return parent === 'sensorReport' ? TERM_FIELDS.sensorComponent : undefined;
    case 'type':
      if (parent === 'sensorReport') return TERM_FIELDS.measurementType;
      if (parent === 'bizTransactionList') return TERM_FIELDS.bizTransactionType;
      return parent === 'sourceList' || parent === 'destinationList'
        ? TERM_FIELDS.sourceDestType
        : undefined;
    default:
      return undefined;
  }
}

/** The URI of a bare word, URN or URI of a vocabulary; values of no known vocabulary stay as they are. */
export function termUri(value: string, field: TermField | undefined): string {
  if (field?.words.has(value)) return field.uri + value;
  return urnToUri(value);
}

const URN_KINDS = [
  TERM_FIELDS.bizStep,
  TERM_FIELDS.disposition,
  TERM_FIELDS.bizTransactionType,
  TERM_FIELDS.sourceDestType,
  TERM_FIELDS.errorReason,
];

/** CBV 1.2 URNs as CBV 2.0 URIs, `urn:epcglobal:cbv:bizstep:packing` → `https://ref.gs1.org/cbv/BizStep-packing`. */
export function urnToUri(value: string): string {
  if (!value.startsWith(URN)) return value;
  for (const kind of URN_KINDS) {
    if (kind.urn !== undefined && value.startsWith(kind.urn)) {
      return kind.uri + value.slice(kind.urn.length);
    }
  }
  return value;
}

/** The bare word when a URI or URN names a word of that vocabulary; otherwise the value unchanged. */
export function bareTerm(value: string, field: TermField): string {
  const uri = urnToUri(value);
  if (!uri.startsWith(field.uri)) return value;
  const word = uri.slice(field.uri.length);
  return field.words.has(word) ? word : value;
}

/**
 * One spelling for a term of a vocabulary, for comparing: the bare word where CBV has one, whether it came bare, as
 * URI, as compact URI or as URN; other values unchanged.
 */
export function canonicalTerm(vocabulary: Vocabulary, value: string): string {
  const expanded = value.replace(/^cbv:/, CBV).replace(/^gs1:/, GS1);
  return bareTerm(expanded, TERM_FIELDS[vocabulary]);
}
