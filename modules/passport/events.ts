import type { Subscriber } from '@zaizao/platform/http';
import { ok } from '@zaizao/platform/kernel';
import { publish } from './service/publish.ts';

/** What changes a passport. */
const TOPICS = [
  'production.unit-assembled',
  'production.unit-moved',
  'quality.unit-tested',
  'quality.unit-certified',
];

export const subscribers: readonly Subscriber[] = TOPICS.map((topic) => ({
  name: `passport.publish-on-${topic.replace(/^\w+\./, '')}`,
  topic,
  handle: async (ctx, { unitId }) => {
    if (typeof unitId !== 'string') return ok(undefined);
    const done = await publish(ctx, unitId);
    // An identifier that another organisation holds stays unpublished; trying again would not help.
    if (!done.ok && done.error.code === 'PASSPORT_EPC_TAKEN') {
      await ctx.audit('passport.refused', unitId, { code: done.error.code });
      return ok(undefined);
    }
    return done;
  },
}));
