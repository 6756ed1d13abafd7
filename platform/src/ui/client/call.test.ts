import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { endpoint } from '../../http/contract.ts';
import { text } from '../../kernel/index.ts';
import { act, addressOf, read } from './call.ts';
import { Problem } from './problem.ts';

const grade = endpoint({
  id: 'cores.gradeCore',
  method: 'POST',
  path: '/api/v1/cores/:coreId/grade',
  title: text('定级', 'Grade'),
  access: 'signed-in',
  ifMatch: true,
  params: z.object({ coreId: z.string() }),
  body: z.object({ grade: z.string() }),
  response: z.object({ creditFen: z.string() }),
});
const list = endpoint({
  id: 'cores.listCores',
  method: 'GET',
  path: '/api/v1/cores',
  title: text('旧件', 'Cores'),
  access: 'signed-in',
  query: z.object({ q: z.string().optional(), grade: z.array(z.string()).optional() }),
  response: z.object({ items: z.array(z.string()) }),
});

function answer(status: number, body: unknown, type = 'application/json') {
  const fetched = vi.fn(async (_url: string, _init: RequestInit) => {
    const payload = type.includes('json') ? JSON.stringify(body) : String(body);
    return new Response(payload, { status, headers: { 'content-type': type } });
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

describe('a call by contract', () => {
  test('fills the path and the query, and leaves out what is empty', () => {
    expect(addressOf(grade, { params: { coreId: 'core_1/2' } })).toBe(
      '/api/v1/cores/core_1%2F2/grade',
    );
    expect(addressOf(list, { query: { q: 'a b', grade: ['A', 'B'] } })).toBe(
      '/api/v1/cores?q=a+b&grade=A&grade=B',
    );
    expect(addressOf(list, {})).toBe('/api/v1/cores');
  });

  test('carries a key, the version seen and the body', async () => {
    const fetched = answer(200, { creditFen: '2000' });
    const value = await act(grade, {
      params: { coreId: 'core_1' },
      body: { grade: 'B' },
      version: 3,
    });
    expect(value.creditFen).toBe('2000');
    const headers = new Headers(fetched.mock.calls[0]?.[1].headers);
    expect(headers.get('if-match')).toBe('"3"');
    expect(headers.get('idempotency-key')).toMatch(/^[\w.:-]{8,128}$/);
  });

  test('gives the server’s sentence and its faults', async () => {
    answer(400, {
      code: 'INPUT_INVALID',
      title: '输入有误',
      requestId: 'req_1',
      errors: [{ path: 'body/grade', code: 'x', message: '此项必填' }],
    });
    const problem = await act(grade, {
      params: { coreId: 'c' },
      body: { grade: '' },
      version: 1,
    }).catch((e: unknown) => e);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ message: '输入有误', status: 400, requestId: 'req_1' });
    expect(problem instanceof Problem && problem.fault('grade')).toBe('此项必填');
  });

  test('calls no answer, and a proxy’s page, offline', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('failed to fetch');
    });
    await expect(read(list, {})).rejects.toMatchObject({ code: 'OFFLINE', isPassing: true });
    answer(502, '<html>Bad gateway</html>', 'text/html');
    await expect(read(list, {})).rejects.toMatchObject({ code: 'OFFLINE' });
  });
});
