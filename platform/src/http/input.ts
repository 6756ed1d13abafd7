import type { FastifyRequest } from 'fastify';
import { err, ok, type Result } from '../kernel/index.ts';
import { type Endpoint, httpErrors } from './contract.ts';
import type { Input, UploadedFile } from './module.ts';
import { invalidInput } from './problems.ts';

/** Reads and validates a request by its contract. */
export async function readInput<E extends Endpoint>(
  endpoint: E,
  request: FastifyRequest,
): Promise<Result<Input<E>>> {
  const params = endpoint.params.safeParse(request.params);
  if (!params.success) return err(invalidInput(params.error, 'path'));
  const query = endpoint.query.safeParse(request.query);
  if (!query.success) return err(invalidInput(query.error, 'query'));
  const upload = endpoint.upload ? await readUpload(request) : ok(undefined);
  if (!upload.ok) return upload;
  const raw = endpoint.upload ? upload.value?.fields : (request.body ?? undefined);
  if (hasNul(raw) || hasNul(request.params) || hasNul(request.query)) {
    return err(httpErrors.INPUT_INVALID());
  }
  const body = endpoint.body.safeParse(raw);
  if (!body.success) return err(invalidInput(body.error, 'body'));
  const version = versionOf(request.headers['if-match']);
  if (endpoint.ifMatch && version === undefined) return err(httpErrors.IF_MATCH_REQUIRED());
  return ok({
    params: params.data as Input<E>['params'], // parsed by E's own schemas just above
    query: query.data as Input<E>['query'],
    body: body.data as Input<E>['body'],
    version: version ?? 0,
    file: upload.value?.file,
  });
}

function versionOf(ifMatch: string | undefined): number | undefined {
  const m = /^(?:W\/)?"?(\d{1,9})"?$/.exec(ifMatch ?? '');
  return m ? Number(m[1]) : undefined;
}

/** U+0000 is legal in JSON and not in PostgreSQL text; refused here for every field at once. */
function hasNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (Array.isArray(value)) return value.some(hasNul);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).some(([k, v]) => k.includes('\0') || hasNul(v));
  }
  return false;
}

interface Upload {
  readonly file: UploadedFile;
  readonly fields: Record<string, string> | undefined;
}

async function readUpload(request: FastifyRequest): Promise<Result<Upload>> {
  if (!request.isMultipart()) return err(httpErrors.MEDIA_TYPE_UNSUPPORTED());
  const received = await receive(request).catch((e: unknown) => {
    // A limit has a code, which the error handler knows; the parser's complaint about a form without
    // boundary or end has none.
    if (e instanceof Error && 'code' in e) throw e;
    return undefined;
  });
  if (!received) return err(httpErrors.INPUT_INVALID({}, [missingFile]));
  const { part, bytes } = received;
  const fields: Record<string, string> = {};
  for (const [name, field] of Object.entries(part.fields)) {
    if (field && !Array.isArray(field) && field.type === 'field')
      fields[name] = String(field.value);
  }
  const any = Object.keys(fields).length > 0;
  return ok({
    file: { name: part.filename.slice(0, 200), bytes },
    fields: any ? fields : undefined,
  });
}

async function receive(request: FastifyRequest) {
  const part = await request.file();
  return part && { part, bytes: new Uint8Array(await part.toBuffer()) };
}

const missingFile = {
  path: 'body/file',
  code: 'missing',
  message: { zh: '请选择一个文件', en: 'choose a file' },
};
