import type { Subscriber } from '@zaizao/platform/http';
import { ok } from '@zaizao/platform/kernel';
import { publish } from './service/publish.ts';

/** What changes the passport of a unit, or of the units of an order. */
const TOPICS = [
  'production.unit-assembled',
  'production.unit-moved',
  'quality.unit-tested',
  'quality.unit-certified',
  'market.order-confirmed',
];

/** Moves of a unit that a passport tells; others change nothing in it, or come with one of the topics above. */
const MOVES: ReadonlySet<unknown> = new Set([
  ...['scrap', 'release', 'ship', 'enter-service', 'service', 'return'],
]);

export const subscribers: readonly Subscriber[] = TOPICS.map((topic) => ({
  name: `passport.publish-on-${topic.replace(/^\w+\./, '')}`,
  topic,
  handle: async (ctx, { unitId, unitIds, event }) => {
    if (topic === 'production.unit-moved' && !MOVES.has(event)) return ok(undefined);
    const units = (Array.isArray(unitIds) ? unitIds : [unitId]).filter(
      (id): id is string => typeof id === 'string',
    );
    for (const id of units) {
      const done = await publish(ctx, id);
      if (done.ok) continue;
      // An identifier that another organisation holds stays unpublished; trying again would not help.
      if (done.error.code !== 'PASSPORT_EPC_TAKEN') return done;
      await ctx.audit('passport.refused', id, { code: done.error.code });
    }
    return ok(undefined);
  },
}));
