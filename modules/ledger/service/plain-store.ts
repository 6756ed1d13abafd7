import type { Ctx } from '@zaizao/platform/http';
import { offerCommitted } from '../log/fresh-events.ts';
import { wakeLog } from '../log/sequencer.ts';
import { insertEvents, mayWriteBlindly, takeNumbers } from '../repo/event.ts';
import type { PlainCapture } from './plain-reading.ts';

/** The events have to be looked at one by one. */
export class NotPlain extends Error {}

/**
 * Stores the events of a plain document as they are, in the caller's transaction. An id that is there
 * already violates the table's key, and the transaction with it.
 *
 * @throws NotPlain
 */
export async function storePlain(
  ctx: Ctx,
  { columns, committed }: PlainCapture,
  captureId: string,
): Promise<void> {
  const { tx, org, app, now } = ctx;
  const first = await takeNumbers(tx, org.no, columns.count, now.getTime() * 1000);
  if (!(await mayWriteBlindly(tx, org.no, columns))) throw new NotPlain();
  await insertEvents(tx, org.no, first, columns, captureId);
  ctx.afterCommit(() => {
    offerCommitted(app, org.no, first, committed);
    wakeLog(app);
  });
}
