import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type ErrorDetail, err, ok, type Result } from '../kernel/index.ts';
import { type Endpoint, httpErrors } from './contract.ts';
import type { Input, UploadedFile } from './module.ts';
import { invalidInput } from './problems.ts';

/** Reads and validates a request by its contract. */
export async function readInput<E extends Endpoint>(
  endpoint: E,
  request: FastifyRequest,
): Promise<Result<Input<E>>> {
  const wrong =
    numberless(endpoint.params, request.params, 'path') ??
    numberless(endpoint.query, request.query, 'query');
  if (wrong) return err(httpErrors.INPUT_INVALID({}, [wrong]));
  const params = endpoint.params.safeParse(request.params);
  if (!params.success) return err(invalidInput(params.error, 'path'));
  const query = endpoint.query.safeParse(request.query);
  if (!query.success) return err(invalidInput(query.error, 'query'));
  const upload = endpoint.upload ? await readUpload(request) : ok(undefined);
  if (!upload.ok) return upload;
  const raw = endpoint.upload ? upload.value?.fields : (request.body ?? undefined);
  const odd =
    unstorable(raw, 'body') ??
    unstorable(upload.value?.file.name, 'body/file') ??
    unstorable(request.params, 'path') ??
    unstorable(request.query, 'query');
  if (odd) return err(httpErrors.INPUT_INVALID({}, [odd]));
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

/**
 * A number in an address that only JavaScript takes for one: nothing, a blank, `0x10`. Coercion would make 0 or 16
 * of them, and somebody would be answered another question than asked.
 */
function numberless(schema: z.ZodType, values: unknown, root: string): ErrorDetail | undefined {
  if (!(schema instanceof z.ZodObject) || typeof values !== 'object' || values === null) return;
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string' || NUMBER.test(value)) continue;
    const field = Object.hasOwn(schema.shape, name) ? plainSchema(schema.shape[name]) : undefined;
    if (field instanceof z.ZodNumber) {
      const message = { zh: '应为数字', en: 'Invalid input: expected number' };
      return { path: `${root}/${name}`, code: 'invalid_type', message };
    }
  }
  return undefined;
}

const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** What stands behind defaults and options. */
function plainSchema(schema: unknown): unknown {
  const isWrapped = schema instanceof z.ZodDefault || schema instanceof z.ZodOptional;
  return isWrapped ? plainSchema(schema.unwrap()) : schema;
}

/** No contract of ours nests a quarter as deep; beyond some thousands, walking a value would exhaust the stack. */
const MOST_DEEP = 100;

/**
 * The first place of what JSON can say and we cannot keep as it is, refused here for every field at once: U+0000 and
 * halves of surrogate pairs, which PostgreSQL text has not, and nests without end.
 */
function unstorable(value: unknown, path: string, depth = 0): ErrorDetail | undefined {
  if (typeof value === 'string') return isCharacters(value) ? undefined : notCharacters(path);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MOST_DEEP) return { path, code: 'nested_too_deep', message: tooDeep };
  for (const [key, member] of Object.entries(value)) {
    const found = isCharacters(key)
      ? unstorable(member, `${path}/${key}`, depth + 1)
      : notCharacters(path);
    if (found) return found;
  }
  return undefined;
}

const isCharacters = (text: string) => !text.includes('\0') && text.isWellFormed();

const notCharacters = (path: string): ErrorDetail => ({
  ...{ path, code: 'not_characters' },
  message: {
    zh: '含有不是字符的编码，请重新输入',
    en: 'holds codes that are no characters: type it again',
  },
});

const tooDeep = {
  zh: `嵌套超过 ${MOST_DEEP} 层`,
  en: `is nested more than ${MOST_DEEP} levels deep`,
};

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
    file: { name: filenameOf(part).slice(0, 200).toWellFormed(), bytes },
    fields: any ? fields : undefined,
  });
}

/** A form may leave the name out, whatever the parser's types say. */
function filenameOf(part: { readonly filename?: string | undefined }): string {
  return part.filename ?? '';
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
