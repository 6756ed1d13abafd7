import type { z } from 'zod';
import { sqlState } from '../db/index.ts';
import { type AppError, bothOf, errorSpec, fill, type Lang } from '../kernel/index.ts';
import { httpErrors } from './contract.ts';

/** An RFC 9457 problem. `title` is the sentence for the reader; `code` is for programs. */
export interface Problem {
  readonly type: string;
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly requestId: string;
  readonly errors?: readonly { path: string; code: string; message: string }[];
  readonly params?: Readonly<Record<string, string | number>>;
}

export function problemOf(error: AppError, lang: Lang, requestId: string): Problem {
  const spec = errorSpec(error.code);
  if (!spec) throw new Error(`Error code ${error.code} is not registered`);
  return {
    type: `/api#${error.code}`,
    status: spec.status,
    code: error.code,
    title: fill(spec[lang], error.params),
    requestId,
    ...(Object.keys(error.params).length ? { params: error.params } : {}),
    ...(error.details
      ? {
          errors: error.details.map((d) => ({
            path: d.path,
            code: d.code,
            message: d.message[lang],
          })),
        }
      : {}),
  };
}

/** Zod's findings as error details, with JSON-pointer paths below `root`. */
export function invalidInput(error: z.ZodError, root: string): AppError {
  return httpErrors.INPUT_INVALID(
    {},
    error.issues.slice(0, 50).map((i) => {
      const path = [root, ...i.path.map(String)].join('/');
      return { path, code: i.code, message: { zh: sentence(i, 'zh'), en: sentence(i, 'en') } };
    }),
  );
}

const TYPES: Record<string, string> = {
  string: '文本',
  number: '数字',
  int: '整数',
  boolean: '是/否',
  array: '列表',
  object: '对象',
  date: '日期',
};

function sentence(issue: z.core.$ZodIssue, lang: Lang): string {
  // a rule of ours: “中文 | English”
  if (issue.code === 'custom' && issue.message.includes(' | ')) return bothOf(issue.message)[lang];
  if (lang === 'en') return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? '此项必填'
        : `类型应为${TYPES[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `不得小于（少于） ${issue.minimum}`;
    case 'too_big':
      return `不得大于（多于） ${issue.maximum}`;
    case 'invalid_format':
      return '格式不正确';
    case 'invalid_value':
      return `应为以下之一：${issue.values.map(String).join('、')}`;
    case 'unrecognized_keys':
      return `未知字段：${issue.keys.join('、')}`;
    default:
      return '内容无效';
  }
}

/** A refusal that the database made: the same sentence on both engines. Undefined for a bug. */
export function fromDatabase(e: unknown): AppError | undefined {
  const code = sqlState(e);
  if (code === undefined) return undefined;
  if (code === '23503') return httpErrors.REFERENCE_NOT_FOUND();
  if (code === '23505') return httpErrors.ALREADY_EXISTS();
  if (code === '23514' || code === '23502') return httpErrors.VALUE_OUT_OF_RANGE();
  if (code.startsWith('22')) return httpErrors.VALUE_OUT_OF_RANGE();
  if (['57014', '57P01', '53300', '40001', '40P01', '08006', '55P03'].includes(code)) {
    return httpErrors.SERVER_BUSY();
  }
  return undefined;
}
