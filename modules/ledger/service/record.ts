import { type EpcisEvent, validateEvent, ZAIZAO_CONTEXT } from '@zaizao/epcis';
import type { Ctx } from '@zaizao/platform/http';
import { type AppError, err, newId, ok, type Result } from '@zaizao/platform/kernel';
import { ledgerErrors } from '../contract.ts';
import { type AcceptedEvent, acceptEvent, type Refused } from '../domain/accept.ts';
import { hashNameOf } from '../domain/event-digest.ts';
import { stampOf } from '../domain/micros.ts';
import { storeEvents } from './store.ts';

export interface Recorded {
  readonly eventId: string;
  readonly recordTime: string;
  /** CBV event hash, `ni:///sha-256;…?ver=CBV2.0`. */
  readonly hash: string;
}

/**
 * Records what happened to things, in the caller's transaction: validated, hashed, indexed by thing,
 * and queued for the transparency log. Events that name themselves (`eventID`) may be recorded again;
 * others get a fresh id. Order is kept and record times strictly rise within the organisation.
 *
 * Refusals: LEDGER_EVENT_INVALID, LEDGER_EVENT_IN_FUTURE, LEDGER_EVENT_ID_TAKEN. Nothing is stored then.
 */
export async function record(ctx: Ctx, events: readonly EpcisEvent[]): Promise<Result<Recorded[]>> {
  const nowUs = ctx.now.getTime() * 1000;
  const accepted: AcceptedEvent[] = [];
  for (const event of events) {
    const context = event['@context'] ?? ZAIZAO_CONTEXT;
    const valid = validateEvent(event, context);
    if (!valid.ok) {
      const fault = valid.errors[0];
      const problem = `${fault?.path} ${fault?.message}`;
      return err(ledgerErrors.LEDGER_EVENT_INVALID({ problem }));
    }
    const made = acceptEvent(event, undefined, nowUs, () => freshId(ctx.now));
    if ('reason' in made) return err(refusal(made));
    accepted.push(made);
  }
  const outcomes = await storeEvents(ctx, accepted);
  const recorded: Recorded[] = [];
  for (const [i, a] of accepted.entries()) {
    const outcome = outcomes[i];
    if (!outcome || outcome.kind === 'taken' || outcome.kind === 'left-out') {
      return err(ledgerErrors.LEDGER_EVENT_ID_TAKEN({ id: a.eventId }));
    }
    recorded.push({
      eventId: a.eventId,
      recordTime: stampOf(outcome.recordUs),
      hash: hashNameOf(a.hash),
    });
  }
  return ok(recorded);
}

/** A module's event stands for itself: two alike in the same millisecond are still two. */
function freshId(now: Date): { id: string; named: boolean } {
  return { id: `urn:uuid:${newId('e', now.getTime()).slice(2)}`, named: false };
}

export function refusal(refused: Refused): AppError {
  return refused.reason === 'in-future'
    ? ledgerErrors.LEDGER_EVENT_IN_FUTURE({ time: refused.time })
    : ledgerErrors.LEDGER_EVENT_INVALID({ problem: refused.problem });
}
