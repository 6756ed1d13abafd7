import { type APIRequestContext, expect, type Page } from '@playwright/test';
import type { Endpoint } from '@zaizao/platform/contract';
import { signInDemo } from '@zaizao/platform/identity/contract';
import { newId } from '@zaizao/platform/kernel';
import type { z } from 'zod';

/** Becomes a person of the demonstration, as the one-click button does. */
export function become(page: Page, role: string): Promise<void> {
  return becomeIn(page.request, role);
}

/** The same for requests that no page makes. */
export async function becomeIn(request: APIRequestContext, role: string): Promise<void> {
  const response = await request.post(signInDemo.path, { data: { role } });
  expect(response.ok(), `${role}: ${await response.text()}`).toBe(true);
}

interface Call<E extends Endpoint> {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string | number>;
  readonly body?: z.input<E['body']>;
}

/** A request by contract with the page's session. */
export async function ask<E extends Endpoint>(
  request: APIRequestContext,
  endpoint: E,
  call: Call<E> = {},
): Promise<z.output<E['response']>> {
  const path = endpoint.path.replace(/:(\w+)/g, (_, n: string) =>
    encodeURIComponent(call.params?.[n] ?? ''),
  );
  const response = await request.fetch(path, {
    method: endpoint.method,
    ...(call.query ? { params: call.query } : {}),
    ...(call.body === undefined ? {} : { data: call.body }),
    headers: endpoint.method === 'POST' ? { 'idempotency-key': newId('e2e') } : {},
  });
  expect(response.ok(), `${endpoint.id}: ${response.status()} ${await response.text()}`).toBe(true);
  return (await response.json()) as z.output<E['response']>; // the server parsed it by the contract
}
