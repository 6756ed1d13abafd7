/** The operations of an OpenAPI document, as the fuzzer and the authorisation matrix walk them. */

export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** With `{name}` for each path parameter. */
  readonly path: string;
  /** The permission, `public` or `signed-in`. */
  readonly access: string;
  readonly parameters: readonly Parameter[];
  /** JSON Schema of the body; absent where there is none, or none that JSON Schema can say. */
  readonly body?: Schema;
  readonly upload: boolean;
}

interface RawOperation {
  operationId: string;
  'x-permission': string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly 'x-errors': Readonly<Record<string, { readonly status: number }>>;
}

/** @param document what `/api/openapi.json` answers: it is made from the route registry itself */
export function operationsOf(document: OpenApi): Operation[] {
  const out: Operation[] = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, value] of Object.entries(methods)) {
      const raw = value as RawOperation; // written by openApiOf
      const content = raw.requestBody?.content ?? {};
      const json = content['application/json']?.schema;
      out.push({
        id: raw.operationId,
        method: method.toUpperCase() as Operation['method'], // a method of the registry
        path,
        access: raw['x-permission'],
        parameters: raw.parameters ?? [],
        ...(json ? { body: json } : {}),
        upload: 'multipart/form-data' in content,
      });
    }
  }
  return out;
}

/** The prefix of an id's pattern (`^core_[0-9a-f-]{36}$` → `core`), when the schema is an id. */
export function idPrefix(schema: Schema): string | undefined {
  return typeof schema.pattern === 'string'
    ? /^\^([a-z]+)_\[0-9a-f-\]\{36\}\$$/.exec(schema.pattern)?.[1]
    : undefined;
}

/** The address of an operation with its path parameters filled in. */
export function addressOf(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}
