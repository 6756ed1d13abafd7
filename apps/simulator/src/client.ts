import type { Endpoint } from '@zaizao/platform/contract';
import { signInDemo } from '@zaizao/platform/identity/contract';
import { newId } from '@zaizao/platform/kernel';
import type { z } from 'zod';

export interface CallInput<E extends Endpoint> {
  readonly params?: z.input<E['params']>;
  readonly query?: z.input<E['query']>;
  readonly body?: z.input<E['body']>;
  readonly file?: { readonly name: string; readonly bytes: Uint8Array };
  readonly version?: number;
}

/** The server refused; `code` and `title` are the problem’s. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(endpoint: string, status: number, body: { code?: string; title?: string }) {
    super(`${endpoint}: ${status} ${body.code ?? ''} ${body.title ?? ''}`);
    this.status = status;
    this.code = body.code ?? '';
  }
}

const MOST_TRIES = 6;

/** One person who uses the product over HTTP, at a moment that the simulation tells. */
export class Person {
  readonly role: string;
  readonly #url: string;
  readonly #cookie: string;
  /** The simulated instant of what the person does; the present when absent. */
  at: Date | undefined;

  constructor(url: string, role: string, cookie: string) {
    this.#url = url;
    this.role = role;
    this.#cookie = cookie;
  }

  /** A request by contract; waits and tries again when the server is busy or the network drops. */
  async do<E extends Endpoint>(
    endpoint: E,
    input: CallInput<E> = {},
  ): Promise<z.output<E['response']>> {
    const response = await this.#fetch(endpoint, input);
    // The server parsed its answer by the same contract; no body stands for no answer.
    return (response.status === 204 ? undefined : await response.json()) as z.output<E['response']>;
  }

  async bytes<E extends Endpoint>(endpoint: E, input: CallInput<E> = {}): Promise<Uint8Array> {
    return new Uint8Array(await (await this.#fetch(endpoint, input)).arrayBuffer());
  }

  async #fetch<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<Response> {
    const params = (input.params ?? {}) as Record<string, string>; // path parameters are text
    const path = endpoint.path.replace(/:(\w+)/g, (_, n: string) =>
      encodeURIComponent(params[n] ?? ''),
    );
    const url = new URL(path, this.#url);
    for (const [k, v] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
      if (v !== undefined) url.searchParams.set(k, String(v));
    }
    const key = newId('sim');
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(url, this.#request(endpoint, input, key)).catch((e: unknown) => {
        if (attempt >= MOST_TRIES) throw e;
        return undefined;
      });
      if (response && response.status < 400) return response;
      const busy = !response || [409, 429, 503].includes(response.status);
      const body = response ? ((await response.json()) as { code?: string; title?: string }) : {};
      const again = busy && (response?.status !== 409 || body.code === 'REQUEST_IN_FLIGHT');
      if (!again || attempt >= MOST_TRIES) {
        throw new Refused(endpoint.id, response?.status ?? 0, body);
      }
      await new Promise((r) => setTimeout(r, 250 * 2 ** attempt));
    }
  }

  #request<E extends Endpoint>(endpoint: E, input: CallInput<E>, key: string): RequestInit {
    const headers: Record<string, string> = {
      cookie: this.#cookie,
      origin: this.#url,
      'accept-language': 'zh',
    };
    if (endpoint.method === 'POST') headers['idempotency-key'] = key;
    if (input.version !== undefined) headers['if-match'] = `"${input.version}"`;
    if (this.at) headers['x-simulated-time'] = this.at.toISOString();
    if (input.file) {
      const form = new FormData();
      form.set('file', new Blob([new Uint8Array(input.file.bytes)]), input.file.name);
      return { method: endpoint.method, headers, body: form };
    }
    if (input.body === undefined) return { method: endpoint.method, headers };
    headers['content-type'] = 'application/json';
    return { method: endpoint.method, headers, body: JSON.stringify(input.body) };
  }
}

/** Signs a demo person in with one click, as a visitor of the demonstration does. */
export async function signIn(url: string, role: string): Promise<Person> {
  const response = await fetch(new URL(signInDemo.path, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ role }),
  });
  const cookie = response.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
  if (!response.ok || !cookie) {
    throw new Refused(signInDemo.id, response.status, await response.json().catch(() => ({})));
  }
  return new Person(url, role, cookie);
}
