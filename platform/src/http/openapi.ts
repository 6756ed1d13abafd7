import { z } from 'zod';
import { registeredErrors } from '../kernel/index.ts';
import { type Endpoint, registeredPermissions } from './contract.ts';
import type { Module } from './module.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of all contracts. JSON Schema 2020-12 comes straight from Zod. */
export function openApiOf(
  modules: readonly Module[],
  publicUrl: string,
): Json & { paths: Record<string, Json> } {
  const paths: Record<string, Json> = {};
  for (const m of modules) {
    for (const r of m.routes ?? []) {
      const path = r.endpoint.path.replace(/:(\w+)/g, '{$1}');
      paths[path] = {
        ...paths[path],
        [r.endpoint.method.toLowerCase()]: operation(m.name, r.endpoint),
      };
    }
    for (const r of m.rawRoutes ?? []) {
      const path = r.url.replace(/:(\w+)/g, '{$1}').replace(/\*/g, '{rest}');
      const methods = typeof r.method === 'string' ? [r.method] : r.method;
      const names = [...path.matchAll(/\{(\w+)\}/g)].map((x) => x[1]);
      const parameters = names.map((name) => ({
        ...{ name, in: 'path', required: true, schema: { type: 'string' } },
      }));
      for (const method of methods) {
        paths[path] = {
          ...paths[path],
          [method.toLowerCase()]: {
            operationId: `${r.id}.${method.toLowerCase()}`,
            tags: [m.name],
            summary: r.title.en,
            'x-summary-zh': r.title.zh,
            'x-permission': r.access,
            parameters,
            responses: { default: { description: 'see the standard' } },
          },
        };
      }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Zaizao 再造',
      version: '1',
      description: 'Every operation of the product. Errors are RFC 9457 problems with a `code`.',
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'zaizao.session_token' },
        key: { type: 'http', scheme: 'bearer' },
      },
    },
    'x-errors': Object.fromEntries(registeredErrors()),
    'x-permissions': Object.fromEntries(registeredPermissions()),
  };
}

const problemSchema = {
  type: 'object',
  required: ['type', 'status', 'code', 'title', 'requestId'],
  properties: {
    type: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    title: { type: 'string' },
    requestId: { type: 'string' },
    errors: { type: 'array', items: { type: 'object' } },
  },
};

function operation(tag: string, e: Endpoint): Json {
  const ok = e.binary
    ? { [e.binary]: { schema: { type: 'string', format: 'binary' } } }
    : { 'application/json': { schema: schema(e.response, 'output') } };
  return {
    operationId: e.id,
    tags: [tag],
    summary: e.title.en,
    'x-summary-zh': e.title.zh,
    'x-permission': e.access,
    ...(e.access === 'public' ? {} : { security: [{ session: [] }, { key: [] }] }),
    parameters: [...fields(e.params, 'path'), ...fields(e.query, 'query'), ...headers(e)],
    ...body(e),
    responses: {
      [e.status]: { description: 'success', content: ok },
      default: {
        description: 'a problem',
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    },
  };
}

function headers(e: Endpoint): Json[] {
  const one = (name: string) => ({
    name,
    in: 'header',
    required: true,
    schema: { type: 'string' },
  });
  const out: Json[] = [];
  const tenant = e.access !== 'public' && e.access !== 'signed-in';
  if (e.method === 'POST' && tenant) out.push(one('Idempotency-Key'));
  if (e.ifMatch) out.push(one('If-Match'));
  return out;
}

function body(e: Endpoint): Json {
  if (e.upload) {
    const file = { type: 'string', format: 'binary' };
    const content = { schema: { type: 'object', required: ['file'], properties: { file } } };
    return { requestBody: { required: true, content: { 'multipart/form-data': content } } };
  }
  if (e.body instanceof z.ZodUndefined) return {};
  const content = { 'application/json': { schema: schema(e.body, 'input') } };
  return { requestBody: { required: true, content } };
}

function schema(s: z.ZodType, io: 'input' | 'output'): unknown {
  return z.toJSONSchema(s, { io, unrepresentable: 'any', reused: 'inline' });
}

function fields(s: z.ZodType, where: 'path' | 'query'): Json[] {
  const js = schema(s, 'input') as { properties?: Record<string, unknown>; required?: string[] }; // an object schema
  return Object.entries(js.properties ?? {}).map(([name, field]) => ({
    ...{ name, in: where, schema: field },
    required: where === 'path' || (js.required ?? []).includes(name),
  }));
}
