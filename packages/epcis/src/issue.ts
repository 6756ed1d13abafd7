/** What is wrong in a document, by kind. */
export type IssueCode =
  | 'WRONG_TYPE'
  | 'FIELD_MISSING'
  | 'FIELD_UNKNOWN'
  | 'NOT_A_URI'
  | 'NOT_A_TIME'
  | 'TIME_WITHOUT_SECONDS'
  | 'TIME_WITHOUT_ZONE'
  | 'NOT_A_TERM'
  | 'MEASUREMENT_UNKNOWN'
  | 'CBV_URN_IN_JSON'
  | 'CBV_WORD_UNKNOWN'
  | 'CERTIFICATION_NOT_URI'
  | 'BAD_FORMAT'
  | 'LIST_TOO_SHORT'
  | 'LIST_DUPLICATE'
  | 'NESTED_TOO_DEEP'
  | 'CONTEXT_MISSING'
  | 'PREFIX_UNDECLARED'
  | 'PROTECTED_TERM_REDEFINED'
  | 'ILMD_NOT_ALLOWED'
  | 'THINGS_MISSING'
  | 'PARENT_MISSING'
  | 'CHILDREN_MISSING'
  | 'SENSOR_FIELD_TWICE'
  | 'SENSOR_TIME_AFTER_EVENT'
  | 'SENSOR_TIMES_REVERSED';

/** One fault: where (JSON Pointer), what (code), and a sentence for people. */
export interface Issue {
  readonly path: string;
  readonly code: IssueCode;
  readonly message: string;
}

/** Collects faults while walking down a document. */
export type Report = (path: string, code: IssueCode, message: string) => void;

export type Validation<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Issue[] }
  | { readonly ok: false; readonly errors: readonly Issue[] };

/** A member's path, escaped as RFC 6901 wants. */
export function at(path: string, member: string | number): string {
  if (typeof member === 'number' || !/[~/]/.test(member)) return `${path}/${member}`;
  return `${path}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/**
 * Rules of the standard that GS1's own example documents break. They are kept by default; a repository that has to take
 * in such documents can tolerate them.
 */
export const DISPUTED_RULES: readonly IssueCode[] = [
  'PROTECTED_TERM_REDEFINED',
  'SENSOR_FIELD_TWICE',
  'SENSOR_TIME_AFTER_EVENT',
];

/** Rules of the JSON Schema that the XML Schema does not have; tolerate them in what was read from XML. */
export const JSON_ONLY_RULES: readonly IssueCode[] = [
  'LIST_DUPLICATE',
  'CERTIFICATION_NOT_URI',
  'TIME_WITHOUT_ZONE',
  'CBV_WORD_UNKNOWN',
];

export interface ValidationOptions {
  /** Faults of these kinds become warnings. Default none. */
  readonly tolerate?: readonly IssueCode[];
}
