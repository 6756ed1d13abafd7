import type { OrgRef } from '@zaizao/platform/http';
import { ensureDemoPersons, organisationById } from '@zaizao/platform/identity';
import { signInDemo } from '@zaizao/platform/identity/contract';
import { type OpenApi, startTestApp, type TestApp } from '@zaizao/platform/testkit';
import { countStock } from '@zaizao/simulator/counting';
import { takeAround } from '@zaizao/simulator/loop';
import { PLANTS } from '@zaizao/simulator/products';
import { Random } from '@zaizao/simulator/random';
import { openWorld, setUpPlant } from '@zaizao/simulator/world';
import { identity, modules } from '../src/compose.ts';
import { ensureDemo } from '../src/demo.ts';

/** A request as somebody of the plant made it. */
export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly role: string;
  readonly body: unknown;
  readonly status: number;
}

export interface Plant {
  readonly t: TestApp;
  readonly org: OrgRef;
  readonly document: OpenApi;
  /** Every JSON request of the loop, in order. */
  readonly recorded: readonly Recorded[];
  /** Headers of a fresh session of a demo person. */
  signIn(role: string): Promise<Record<string, string>>;
  /** A person with these roles in an organisation of the demonstration; signed in. */
  person(org: OrgRef, name: string, roles: readonly string[]): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

/** The whole product with plant A, where one unit went round the loop to the shop window. */
export async function startPlant(options: { drive?: boolean } = {}): Promise<Plant> {
  process.env.ZAIZAO_RATE_FACTOR ??= '1000';
  const t = await startTestApp({ modules, identity, now: new Date(), background: true });
  await ensureDemo(t.app);
  const url = await t.running.server.listen({ port: 0, host: '127.0.0.1' });
  const signIn = async (role: string) => {
    const r = await t.running.server.inject({
      ...{ method: 'POST', url: signInDemo.path, payload: { role } },
    });
    const cookie = r.cookies.map((c) => `${c.name}=${c.value}`).join('; ');
    if (r.statusCode >= 300 || !cookie) throw new Error(`sign-in of ${role}: ${r.body}`);
    return { cookie, origin: t.app.config.publicUrl };
  };
  const tape = recorder(url);
  const world = await openWorld(url);
  await setUpPlant(world, 'A');
  if (options.drive !== false) {
    const route = { product: PLANTS.A.products[0], rng: new Random(7) };
    await takeAround(world, { ...route, until: 'sold', smooth: true });
    await takeAround(world, { ...route, until: 'listed', smooth: true });
    await countStock(world);
  }
  const recorded = tape.stop();
  await t.drain();
  const org = await organisationById(t.app, world.plantOrgId);
  if (!org) throw new Error('the demonstration has a plant');
  const document = (await t.running.server.inject('/api/openapi.json')).json() as OpenApi;
  return {
    ...{ t, org, document, recorded, signIn },
    person: async (of, name, roles) => {
      await ensureDemoPersons(t.app, [{ role: name, name, orgId: of.id, roles }]);
      return signIn(name);
    },
    stop: () => t.stop(),
  };
}

/** Notes what the simulator sends, by listening at `fetch`. */
function recorder(url: string) {
  const out: Recorded[] = [];
  const real = globalThis.fetch;
  const roles = new Map<string, string>();
  globalThis.fetch = async (input, init) => {
    const answer = await real(input, init);
    const at = new URL(String(input));
    if (at.origin !== new URL(url).origin || typeof init?.body !== 'string') return answer;
    const body: unknown = JSON.parse(init.body);
    const headers = new Headers(init.headers);
    if (at.pathname === signInDemo.path) {
      const cookie = answer.headers.getSetCookie().map((c) => c.split(';')[0]);
      roles.set(cookie.join('; '), (body as { role: string }).role); // the contract of that endpoint
    } else {
      const role = roles.get(headers.get('cookie') ?? '') ?? '';
      const method = init.method ?? 'GET';
      out.push({ method, path: at.pathname + at.search, role, body, status: answer.status });
    }
    return answer;
  };
  return {
    stop: () => {
      globalThis.fetch = real;
      return out;
    },
  };
}
