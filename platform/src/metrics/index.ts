import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { transact } from '../db/index.ts';
import type { Module } from '../http/index.ts';

/**
 * Health, readiness and Prometheus metrics. Metrics answer to whoever shows the token, and to a
 * request of this machine itself: one that a proxy passed on says so in its headers.
 */
export function metricsModule(): Module {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of requests by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  return {
    name: 'metrics',
    plugin: async (server, app) => {
      const waiting = new Gauge({
        name: 'outbox_waiting',
        help: 'Events committed and not yet delivered',
        registers: [registry],
        async collect() {
          const n = await transact(app.db, { kind: 'system' }, async (tx) => {
            const r = await sql<{
              n: number;
            }>`select count(*)::int as n from zaizao.outbox`.execute(tx);
            return r.rows[0]?.n ?? 0;
          });
          this.set(n);
        },
      });
      waiting.set(0);
      server.addHook('onResponse', async (request, reply) => {
        const route = request.routeOptions.url ?? 'unknown';
        const labels = { method: request.method, route, status: String(reply.statusCode) };
        duration.observe(labels, reply.elapsedTime / 1000);
      });
      server.get('/health/live', async () => ({ ok: true }));
      server.get('/health/ready', async (_request, reply) => {
        const ready = await sql`select 1`.execute(app.db.kysely).then(
          () => true,
          () => false,
        );
        return reply.status(ready ? 200 : 503).send({ ok: ready });
      });
      server.get('/metrics', async (request, reply) => {
        const isWelcome =
          isToken(request.headers.authorization, app.config.metricsToken) ||
          isOfThisMachine(request);
        if (!isWelcome) return reply.callNotFound();
        return reply.type(registry.contentType).send(await registry.metrics());
      });
    },
  };
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
/** What proxies add. One that adds none of them is configured to hide itself, and must refuse the path. */
const PASSED_ON = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

function isOfThisMachine(request: FastifyRequest): boolean {
  if (PASSED_ON.some((name) => request.headers[name] !== undefined)) return false;
  return LOOPBACK.has(request.socket.remoteAddress ?? '');
}

/** Compared by their hashes, so that neither length nor place of a difference shows in time. */
function isToken(authorization: string | undefined, token: string | undefined): boolean {
  if (!token || !authorization) return false;
  const hash = (s: string) => createHash('sha256').update(s).digest();
  return timingSafeEqual(hash(authorization), hash(`Bearer ${token}`));
}
