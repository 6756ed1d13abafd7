/**
 * The isomorphic half of HTTP: what an endpoint is. Modules declare endpoints in `contract.ts`;
 * server validation, OpenAPI, the typed web client, the authorisation matrix and the fuzzer
 * are all made from these declarations.
 */
import { z } from 'zod';
import { defineErrors, type Text, text } from '../kernel/index.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

declare const permissionBrand: unique symbol;
/** `module.thing:verb`, made only by {@link definePermissions}. */
export type Permission = string & { readonly [permissionBrand]: true };

const permissionRegistry = new Map<string, Text>();

/** Declares a module's permissions; the returned function gives the typed permission. */
export function definePermissions<K extends `${string}.${string}:${string}`>(
  specs: Record<K, Text>,
): (name: K) => Permission {
  for (const [name, title] of Object.entries<Text>(specs)) permissionRegistry.set(name, title);
  return (name) => name as string as Permission; // the registry above is what makes it one
}

export function registeredPermissions(): ReadonlyMap<string, Text> {
  return permissionRegistry;
}

/** `public`: anyone. `signed-in`: any person, in or out of an organisation. */
export type Access = Permission | 'public' | 'signed-in';

/** A response that is not JSON: a file, with its media type. */
export interface Binary {
  readonly mediaType: string;
  readonly body: Uint8Array | string;
  readonly fileName?: string;
  /** Seconds a cache may keep it; none by default. */
  readonly maxAge?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  /** `module.verb`, unique; the OpenAPI operationId. */
  readonly id: string;
  readonly method: Method;
  /** With `:name` parameters, below `/api/v1`. */
  readonly path: string;
  readonly title: Text;
  readonly access: Access;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly response: R;
  /** Status of success; 200, or 201 for something made. */
  readonly status: 200 | 201 | 202 | 204;
  /** Media type of a response that is not JSON. */
  readonly binary?: string;
  /** Takes `multipart/form-data` with one file, not JSON. */
  readonly upload?: boolean;
  /** An edit that must name the version it saw (`If-Match`). */
  readonly ifMatch?: boolean;
  /** Largest body in bytes; 1 MiB by default. */
  readonly bodyLimit?: number;
  /** Rate-limit bucket; `api` by default. */
  readonly bucket?: 'api' | 'login' | 'public' | 'bulk';
}

interface EndpointSpec<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
> extends Partial<Omit<Endpoint<P, Q, B, R>, 'id' | 'method' | 'path' | 'title' | 'access'>> {
  readonly id: string;
  readonly method: Method;
  readonly path: `/api/v1/${string}`;
  readonly title: Text;
  readonly access: Access;
}

const nothing = z.object({});

/** Declares an endpoint; see {@link Endpoint} for the fields. */
export function endpoint<
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodUndefined,
>(spec: EndpointSpec<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return {
    status: 200,
    ...spec,
    // the defaults are exactly the types that stand when a field is left out
    params: spec.params ?? (nothing as z.ZodType as P),
    query: spec.query ?? (nothing as z.ZodType as Q),
    body: spec.body ?? (z.undefined() as z.ZodType as B),
    response: spec.response ?? (z.undefined() as z.ZodType as R),
  };
}

// ── Field schemas that every contract shares ────────────────────────────────

/** An id of a kind of thing: `core_…`. */
export function id<P extends string>(prefix: P) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-f-]{36}$`), `id ${prefix}_…`)
    .meta({ example: `${prefix}_01890a5d-ac96-774b-bcce-b302099a8057` });
}

/** Money at the border: whole fen as a decimal string, so that no reader rounds it. */
export const fen = z
  .string()
  .regex(/^-?\d{1,15}$/)
  .meta({ description: 'whole fen (1/100)' });

/** A quantity at the border: a decimal string. */
export const decimal = z.string().regex(/^-?\d{1,12}(\.\d{1,9})?$/);

/** An instant with its offset, RFC 3339. */
export const instant = z.iso.datetime({ offset: true });

/** A calendar day `YYYY-MM-DD`. */
export const day = z.iso.date();

/** A name or remark typed by a person: trimmed, bounded, without control characters. */
export function line(max: number, min = 1) {
  return (
    z
      .string()
      .trim()
      .min(min)
      .max(max)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the purpose
      .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f]*$/, 'control characters')
  );
}

/** Query of every list: a cursor from the last page, and how many. */
export const pageQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** One page of a list; `next` is absent on the last. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().optional() });
}

/** Errors that HTTP itself may answer. */
export const httpErrors = defineErrors({
  INPUT_INVALID: {
    status: 400,
    ...text(
      '输入有误，请按提示修改后再提交。',
      'The input is not valid: correct the fields named below.',
    ),
  },
  BODY_NOT_JSON: {
    status: 400,
    ...text('请求内容不是有效的 JSON。', 'The body is not valid JSON.'),
  },
  BODY_TOO_LARGE: {
    status: 413,
    ...text('内容过大，请分批提交。', 'The body is too large: send it in smaller parts.'),
  },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    ...text('不支持此内容类型，请使用 JSON。', 'This content type is not supported: send JSON.'),
  },
  SIGN_IN_REQUIRED: { status: 401, ...text('请先登录。', 'Sign in first.') },
  ORGANISATION_REQUIRED: {
    status: 403,
    ...text('请先选择一个组织。', 'Choose an organisation first.'),
  },
  PERMISSION_DENIED: {
    status: 403,
    ...text(
      '您没有“{permission}”的权限，请联系管理员。',
      'You lack the permission "{permission}": ask your administrator.',
    ),
  },
  ADDRESS_NOT_FOUND: {
    status: 404,
    ...text('没有这个地址。', 'There is nothing at this address.'),
  },
  IDEMPOTENCY_KEY_REQUIRED: {
    status: 400,
    ...text(
      '缺少 Idempotency-Key 请求头：每次新提交请使用一个新的键。',
      'The Idempotency-Key header is missing: use a fresh key for every new submission.',
    ),
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    ...text(
      '同一个 Idempotency-Key 已用于另一份内容，请换一个新的键。',
      'This Idempotency-Key was used for another body: use a fresh key.',
    ),
  },
  REQUEST_IN_FLIGHT: {
    status: 409,
    ...text('同一提交正在处理，请稍候。', 'The same submission is being processed: wait a moment.'),
  },
  IF_MATCH_REQUIRED: {
    status: 400,
    ...text(
      '缺少 If-Match 请求头：请带上您看到的版本。',
      'The If-Match header is missing: send the version you saw.',
    ),
  },
  STALE_VERSION: {
    status: 409,
    ...text(
      '此记录已被他人修改，请刷新后重试。',
      'Somebody changed this record since you opened it: reload and try again.',
    ),
  },
  CURSOR_INVALID: {
    status: 400,
    ...text(
      '翻页标记无效，请从第一页开始。',
      'The page cursor is not valid: start from the first page.',
    ),
  },
  REFERENCE_NOT_FOUND: {
    status: 422,
    ...text(
      '引用的记录不存在或不属于您的组织。',
      'A record you refer to does not exist or is not your organisation’s.',
    ),
  },
  ALREADY_EXISTS: {
    status: 409,
    ...text('已存在相同的记录。', 'The same record exists already.'),
  },
  VALUE_OUT_OF_RANGE: {
    status: 422,
    ...text('数值超出允许范围。', 'A value is out of the allowed range.'),
  },
  RATE_LIMITED: {
    status: 429,
    ...text(
      '请求过于频繁，请在 {seconds} 秒后再试。',
      'Too many requests: try again in {seconds} s.',
    ),
  },
  SERVER_BUSY: {
    status: 503,
    ...text('服务器繁忙，请稍后再试。', 'The server is busy: try again in a moment.'),
  },
});
