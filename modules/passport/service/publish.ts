import { getPart } from '@zaizao/modules/catalog';
import { disclosuresOf } from '@zaizao/modules/ledger';
import { getUnit, type Unit } from '@zaizao/modules/production';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import { canonicalJson, type JsonObject } from '@zaizao/tlog';
import { type PassportFacts, type PassportStatus, passportErrors } from '../contract.ts';
import { publicPart, stepName } from '../domain/public-part.ts';
import { stageOf } from '../domain/stage.ts';
import * as repo from '../repo.ts';
import { factsOf, giveBackOf } from './facts.ts';
import { issueCredential, revokeInForce } from './issue.ts';

/**
 * Makes the public projection of a unit anew from the records, opens what may be seen of its events,
 * and signs a credential when the product is certified and something signed has changed. Doing it
 * again changes nothing.
 *
 * Refusals: UNIT_NOT_FOUND; PASSPORT_EPC_TAKEN when another organisation published that identifier.
 * @param again replaces a credential that a person revoked
 */
export async function publish(
  ctx: Ctx,
  unitId: string,
  options: { readonly again?: boolean } = {},
): Promise<Result<repo.PublishedRow>> {
  const unit = await getUnit(ctx, unitId);
  if (!unit.ok) return unit;
  const { epc } = unit.value;
  await repo.lockPassport(ctx, epc);
  if (await repo.publishedElsewhere(ctx, epc)) {
    return err(passportErrors.PASSPORT_EPC_TAKEN({ epc }));
  }
  const facts = await factsOf(ctx, unit.value);
  if (!facts.ok) return facts;
  const part = await getPart(ctx, unit.value.part_id);
  const picture = part.ok ? (part.value.photo ?? null) : null;
  const events = await eventsOf(ctx, facts.value);
  const status = await statusOf(ctx, unit.value, events.steps, picture !== null);
  await save(ctx, unit.value, { facts: facts.value, status }, picture);
  await repo.saveDisclosures(ctx, epc, events.disclosures);
  await sign(ctx, facts.value, status.stage, options.again ?? false);
  const row = await repo.findPublished(ctx, epc);
  return row ? ok(row) : err(passportErrors.PASSPORT_NOT_FOUND());
}

async function save(
  ctx: Ctx,
  { id: unit_id, epc, serial }: Unit,
  document: repo.DocumentJson,
  picture: string | null,
): Promise<void> {
  const before = await repo.findPublished(ctx, epc);
  const same = before && before.picture === picture && equal(before.document, document);
  if (!same) await repo.savePublished(ctx, { epc, unit_id, serial, document, picture });
}

function equal(a: repo.DocumentJson, b: repo.DocumentJson): boolean {
  // Both are plain JSON; the round trip drops members that are undefined.
  const plain = (d: repo.DocumentJson) => JSON.parse(JSON.stringify(d)) as JsonObject;
  return canonicalJson(plain(a)) === canonicalJson(plain(b));
}

async function sign(
  ctx: Ctx,
  facts: PassportFacts,
  stage: PassportStatus['stage'],
  again: boolean,
): Promise<void> {
  if (stage === 'scrapped') return revokeInForce(ctx, facts.epc, 'scrapped');
  if (stage !== 'making' && facts.certificate) await issueCredential(ctx, facts, again);
}

interface PublicEvents {
  readonly steps: PassportStatus['steps'];
  readonly disclosures: readonly repo.DisclosureRow[];
}

/** The events of the unit and of the cores it was made of, oldest first, each cut to its public part. */
async function eventsOf(ctx: Ctx, facts: PassportFacts): Promise<PublicEvents> {
  const things = [
    { epc: facts.epc, about: 'unit' as const, code: facts.serial },
    ...facts.lives.map(({ epc, code }) => ({ epc, about: 'core' as const, code })),
  ];
  const ours = new Set(things.map(({ epc }) => epc));
  const steps = new Map<string, PassportStatus['steps'][number]>();
  const disclosures = new Map<string, repo.DisclosureRow>();
  for (const { epc, about, code } of things) {
    for (const { eventId, recordTime, event, disclosure } of await disclosuresOf(ctx, epc)) {
      const { bizStep, eventTime } = event;
      const key = `${eventId} ${recordTime}`;
      if (disclosures.has(key)) continue;
      // Components that went into the product are named where it was made.
      const isMade = stepName(bizStep) === 'remanufacturing';
      const isOurs = (thing: string) => isMade || ours.has(thing);
      const opened = publicPart(disclosure, bizStep, isOurs);
      disclosures.set(key, { event_id: eventId, record_time: recordTime, opened });
      if (event.errorDeclaration === undefined) {
        steps.set(eventId, { eventId, at: eventTime, step: stepName(bizStep), about, code });
      }
    }
  }
  return {
    steps: [...steps.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    disclosures: [...disclosures.values()],
  };
}

async function statusOf(
  ctx: Ctx,
  unit: Unit,
  steps: PassportStatus['steps'],
  hasPicture: boolean,
): Promise<PassportStatus> {
  const giveBack = await giveBackOf(ctx, unit.part_id);
  return { stage: stageOf(unit.state), hasPicture, steps, ...(giveBack ? { giveBack } : {}) };
}
