import { getPart } from '@zaizao/modules/catalog';
import { getUnit, type Unit } from '@zaizao/modules/production';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import { canonicalJson, type JsonObject } from '@zaizao/tlog';
import { type PassportFacts, type PassportStatus, passportErrors } from '../contract.ts';
import { cutFor, stepName } from '../domain/audience.ts';
import { stageOf } from '../domain/stage.ts';
import * as repo from '../repo.ts';
import { factsOf, giveBackOf } from './facts.ts';
import { issueCredentials, revokeInForce } from './issue.ts';
import { eventsOfThings, madeOf, namesOurs } from './things.ts';

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
  const stage = stageOf(unit.value.state);
  const again = options.again ?? false;
  const before = await repo.findPublished(ctx, epc);
  // A row to sign for, then the signatures, then what anyone may see: the entries of signing are of it.
  if (!before) await save(ctx, unit.value, draftOf(facts.value, stage), picture);
  await sign(ctx, facts.value, stage, again);
  const events = await eventsOf(ctx, facts.value, { stage, again });
  const giveBack = await giveBackOf(ctx, unit.value.part_id);
  const status = {
    stage,
    hasPicture: picture !== null,
    steps: events.steps,
    ...(giveBack ? { giveBack } : {}),
  };
  await save(ctx, unit.value, { facts: facts.value, status }, picture);
  await repo.saveDisclosures(ctx, epc, events.disclosures);
  const row = await repo.findPublished(ctx, epc);
  return row ? ok(row) : err(passportErrors.PASSPORT_NOT_FOUND());
}

function draftOf(facts: PassportFacts, stage: PassportStatus['stage']): repo.DocumentJson {
  return { facts, status: { stage, hasPicture: false, steps: [] } };
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
  if (stage !== 'making' && facts.certificate) await issueCredentials(ctx, facts, again);
}

interface PublicEvents {
  readonly steps: PassportStatus['steps'];
  readonly disclosures: readonly repo.DisclosureRow[];
}

/**
 * The events of the unit, of the cores it was made of and of the components in it, each cut to its public
 * part. What was cut before is not cut again, and components are read while the product is made: later
 * entries about them come in when somebody publishes `again`.
 */
async function eventsOf(
  ctx: Ctx,
  facts: PassportFacts,
  { stage, again }: { readonly stage: PassportStatus['stage']; readonly again: boolean },
): Promise<PublicEvents> {
  const known = again ? new Set<string>() : await repo.disclosedKeys(ctx, facts.epc);
  const components = again || stage === 'making' || known.size === 0;
  const events = await eventsOfThings(ctx, facts, { components });
  const ours = new Set([
    ...events.map(({ thing }) => thing.epc),
    ...events.flatMap(({ opened }) => madeOf(opened)),
  ]);
  const steps: PassportStatus['steps'][number][] = [];
  const disclosures: repo.DisclosureRow[] = [];
  for (const { thing, opened } of events) {
    const { eventId, recordTime, event } = opened;
    const { bizStep, eventTime } = event;
    if (!known.has(`${eventId} ${recordTime}`)) {
      const cut = cutFor('public', opened.disclosure, bizStep, namesOurs(ours, bizStep));
      disclosures.push({ event_id: eventId, record_time: recordTime, opened: cut });
    }
    const { about, code } = thing;
    if (event.errorDeclaration === undefined && about !== 'component') {
      steps.push({ eventId, at: eventTime, step: stepName(bizStep), about, code });
    }
  }
  steps.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { steps, disclosures };
}
