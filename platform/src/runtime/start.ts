import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { type Database, migrate, openDatabase, platformMigrations } from '../db/index.ts';
import { filesModule } from '../files/index.ts';
import { type App, buildServer, type Config, type Module, type ServiceKey } from '../http/index.ts';
import { liveModule } from '../http/live.ts';
import {
  authenticator,
  type IdentityOptions,
  identityModule,
  organisationByNo,
  permissionCheck,
} from '../identity/index.ts';
import { JobRunner, jobsModule } from '../jobs/index.ts';
import { type Clock, systemClock } from '../kernel/index.ts';
import { metricsModule } from '../metrics/index.ts';
import { Relay } from '../outbox/index.ts';
import { printingModule } from '../printing/index.ts';
import { systemModule } from '../system/index.ts';
import { endThreads } from '../threads/index.ts';

export interface StartOptions {
  readonly config: Config;
  readonly identity: IdentityOptions;
  readonly modules: readonly Module[];
  readonly clock?: Clock;
  readonly log?: Logger;
  /** A database that is already open (tests); else it is opened from the configuration. */
  readonly database?: Database;
  /** Background work (outbox, jobs, modules’ own); on by default. */
  readonly background?: boolean;
}

/** A running installation. */
export interface Running {
  readonly app: App;
  readonly server: FastifyInstance;
  /** Delivers the outbox until nothing is due. */
  drain(): Promise<void>;
  /** Ordered shutdown: no new requests, then background work, then the database. */
  stop(): Promise<void>;
}

export async function start(options: StartOptions): Promise<Running> {
  const { config } = options;
  const log = options.log ?? pino({ level: process.env.LOG_LEVEL ?? 'info' });
  const modules = [
    identityModule(options.identity),
    filesModule,
    jobsModule,
    liveModule,
    metricsModule(),
    systemModule(),
    printingModule,
    ...options.modules,
  ];
  const db =
    options.database ??
    openDatabase(
      config.databaseUrl ? { url: config.databaseUrl } : { dataDir: join(config.home, 'pgdata') },
    );
  await migrate(db.kysely, [
    platformMigrations,
    ...modules.flatMap((m) => (m.migrations ? [m.migrations] : [])),
  ]);

  const bus = new EventEmitter().setMaxListeners(0);
  const services = new Map<string, unknown>();
  const app: App = {
    config,
    db,
    log,
    clock: options.clock ?? systemClock,
    may: permissionCheck(options.identity.roles),
    organisation: (no) => organisationByNo(db, no),
    wake: (topic, org, payload) => {
      relay.wake();
      if (topic === 'platform.job-queued') jobs.wake();
      bus.emit('committed', topic, org, payload);
    },
    listen: (on) => {
      bus.on('committed', on);
      return () => bus.off('committed', on);
    },
    service: <T>(key: ServiceKey<T>) => {
      if (!services.has(key.name)) throw new Error(`service ${key.name} is not provided`);
      return services.get(key.name) as T; // provide() stored it under the same typed key
    },
    provide: (key, service) => services.set(key.name, service),
  };
  const relay = new Relay(
    app,
    modules.flatMap((m) => m.subscribers ?? []),
  );
  const jobs = new JobRunner(app);
  const server = await buildServer(app, modules, authenticator(app));
  const stops: (() => Promise<void>)[] = [];
  for (const m of modules) {
    const stop = await m.start?.(app);
    if (stop) stops.push(stop);
  }
  if (options.background !== false) {
    relay.start();
    jobs.start();
  }
  return {
    app,
    server,
    drain: () => relay.drain(),
    stop: async () => {
      await server.close();
      await jobs.stop();
      await relay.stop();
      for (const stop of stops.reverse()) await stop();
      await endThreads();
      if (!options.database) await db.close();
    },
  };
}
