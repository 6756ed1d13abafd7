import { fileURLToPath } from 'node:url';
import type { App, Module } from '@zaizao/platform/http';
import { captureRoutes } from './epcis/capture.ts';
import { eventRoutes } from './epcis/events.ts';
import { openApiRoutes } from './epcis/openapi.ts';
import { queryRoutes } from './epcis/queries.ts';
import { resourceRoutes } from './epcis/resources.ts';
import { soapRoutes } from './epcis/soap.ts';
import { subscriptionRoutes } from './epcis/subscriptions.ts';
import { keepAudit } from './log/audit-log.ts';
import { publisherOf } from './log/publisher.ts';
import { logRoutes } from './log/routes.ts';
import { sequencerOf } from './log/sequencer.ts';
import { routes } from './routes.ts';
import { stopReading } from './service/prepare.ts';
import { dispatcherOf } from './subscription/dispatcher.ts';
import { standingRoutes } from './subscription/routes.ts';
import { socketsOf } from './subscription/sockets.ts';
import { serveUpgrades } from './subscription/upgrade.ts';

export type { GenealogyDirection, Thing } from './contract.ts';
export {
  checkProofFile,
  type ProofOptions,
  type ProofVerdict,
} from './domain/proof-file.ts';
export { commitAudit } from './log/audit-log.ts';
export { rotateKey } from './log/rotate.ts';
export { copyLedger } from './service/copy.ts';
export { giveCustody, type Handover } from './service/custody.ts';
export { type DrillOutcome, type DrillReport, tamperDrill } from './service/drill.ts';
export { genealogy } from './service/genealogy.ts';
export {
  disclosuresOf,
  type OpenedEvent,
  type OpenLog,
  openLog,
  thingEntries,
} from './service/log-door.ts';
export { logState, proofOf } from './service/proof.ts';
export { proofFileOf } from './service/proof-file.ts';
export { type Recorded, record } from './service/record.ts';
export { type HistoryPage, historyOf } from './service/story.ts';
export { findThing, registerThing, type ThingToRegister, thingByRef } from './service/things.ts';
export { verifyLedger } from './service/verify.ts';
export { askWitnesses } from './service/witnesses.ts';

/** Moves everything committed so far into the transparency log; returns how many events that were. */
export function flushLog(app: App): Promise<number> {
  return sequencerOf(app).flush();
}

export const ledgerModule: Module = {
  name: 'ledger',
  migrations: {
    module: 'ledger',
    directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
  },
  routes: [...routes, ...standingRoutes],
  rawRoutes: [
    ...[...captureRoutes, ...eventRoutes, ...queryRoutes, ...subscriptionRoutes],
    ...[...resourceRoutes, ...openApiRoutes, ...soapRoutes, ...logRoutes],
  ],
  plugin: serveUpgrades,
  start: async (app) => {
    const sequencer = sequencerOf(app);
    const publisher = publisherOf(app);
    publisher.start();
    sequencer.start();
    const stopAudit = keepAudit(app);
    const dispatcher = dispatcherOf(app);
    dispatcher.start();
    return async () => {
      await socketsOf(app).stop();
      await dispatcher.stop();
      await stopAudit();
      await publisher.stop();
      await sequencer.stop();
      await stopReading(app);
    };
  },
};
