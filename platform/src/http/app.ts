import type { Logger } from 'pino';
import type { Database } from '../db/index.ts';
import type { Clock, Text } from '../kernel/index.ts';
import type { OrgRef, Principal } from './context.ts';

/** What the operator set, checked at start. */
export interface Config {
  readonly home: string;
  readonly port: number;
  readonly host: string;
  /** The address that labels and passports carry, without a slash at the end. */
  readonly publicUrl: string;
  readonly secret: string;
  readonly demo: boolean;
  readonly production: boolean;
  readonly databaseUrl: string | undefined;
  /** Whoever shows it may read `/metrics` from anywhere. */
  readonly metricsToken?: string | undefined;
}

/** The running installation: what every module may reach. Modules add their own services by name. */
export interface App {
  readonly config: Config;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** Tells the outbox relay and the live views that something was committed. */
  wake(topic: string, org: OrgRef, payload: Readonly<Record<string, unknown>>): void;
  /** Live listeners; returns the way to stop listening. */
  listen(
    on: (topic: string, org: OrgRef, payload: Readonly<Record<string, unknown>>) => void,
  ): () => void;
  /** Roles → does this principal hold a permission? Set by the identity module. */
  may(principal: Principal, permission: string): boolean;
  /** Resolves an organisation for background work. */
  organisation(no: number): Promise<OrgRef | undefined>;
  /** A service that a module offers to others at start (files, jobs, the ledger’s signer). */
  service<T>(key: ServiceKey<T>): T;
  provide<T>(key: ServiceKey<T>, service: T): void;
}

declare const serviceType: unique symbol;
/** A typed name of a service. */
export interface ServiceKey<T> {
  readonly name: string;
  readonly [serviceType]?: T;
}

export function serviceKey<T>(name: string): ServiceKey<T> {
  return { name };
}

/** What each endpoint is called, by its id: how the audit trail names what people did. */
export const titlesKey = serviceKey<ReadonlyMap<string, Text>>('http.titles');
