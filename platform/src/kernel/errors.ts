import type { Text } from './text.ts';

/** What the registry knows of an error code: HTTP status and one clear sentence saying what to do. */
export interface ErrorSpec extends Text {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;
}

/** One fault of the input, at a place: a JSON pointer, a spreadsheet cell. */
export interface ErrorDetail {
  readonly path: string;
  readonly code: string;
  readonly message: Text;
}

export interface AppError {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly details?: readonly ErrorDetail[];
}

type Factory = (
  params?: Readonly<Record<string, string | number>>,
  details?: readonly ErrorDetail[],
) => AppError;

const registry = new Map<string, ErrorSpec>();

/**
 * Registers error codes and gives a factory for each.
 * The registry feeds the HTTP problem bodies (RFC 9457), the API page and the tests.
 */
export function defineErrors<K extends string>(specs: Record<K, ErrorSpec>): Record<K, Factory> {
  const factories = {} as Record<K, Factory>; // filled for every key below
  for (const code of Object.keys(specs) as K[]) {
    if (registry.has(code)) throw new Error(`Error code ${code} is registered twice`);
    registry.set(code, specs[code]);
    factories[code] = (params = {}, details) =>
      details ? { code, params, details } : { code, params };
  }
  return factories;
}

export function errorSpec(code: string): ErrorSpec | undefined {
  return registry.get(code);
}

export function registeredErrors(): ReadonlyMap<string, ErrorSpec> {
  return registry;
}
