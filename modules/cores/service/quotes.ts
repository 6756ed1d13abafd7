import { candidatesFor, getPart, type PartType } from '@zaizao/modules/catalog';
import { registerThing } from '@zaizao/modules/ledger';
import {
  allocateCode,
  gs1Prefix,
  licenceValid,
  partnerOfOrg,
  requirePartner,
  resolveOrganisation,
  todayOf,
} from '@zaizao/modules/parties';
import { adoptFile, requireFile, type StoredFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result, text } from '@zaizao/platform/kernel';
import { parseVin } from '@zaizao/vin';
import type { z } from 'zod';
import { coreErrors, type previewQuote, type quoteCore, type requestQuote } from '../contract.ts';
import type { CoreState } from '../domain/core-machine.ts';
import { type Objection, objections } from '../domain/legality.ts';
import { GRADES, type Grade } from '../domain/valuation.ts';
import { type CoreRow, type DonorJson, insertCore, type PartRef } from '../repo.ts';
import { programmeToday } from './programme.ts';
import { reckonValue } from './value.ts';
import { type CoreViewJson, coreView } from './views.ts';

type Preview = z.input<(typeof previewQuote)['response']>;

/** What a part is worth here by each grade, for everything a number may mean. */
export async function previewOffers(ctx: Ctx, number: string): Promise<Result<Preview>> {
  const found = await candidatesFor(ctx, number);
  if (found.length === 0) return err(coreErrors.CORE_NUMBER_UNKNOWN({ number }));
  const candidates: Preview['candidates'] = [];
  for (const { part, via } of found) {
    const programme = await programmeToday(ctx, part.id);
    if (!programme) continue;
    candidates.push({
      part: partRef(part),
      ...(part.photo ? { photo: part.photo } : {}),
      via,
      programmeId: programme.id,
      offers: GRADES.map((grade) => ({
        grade,
        creditFen: String(programme.grades[grade].creditFen),
        text: programme.grades[grade].text,
      })),
      criteria: programme.criteria.map((c) => ({ code: c.code, text: c.text })),
    });
  }
  if (candidates.length === 0) return err(coreErrors.CORE_PROGRAMME_MISSING({ number }));
  return ok({ candidates });
}

/** As {@link previewOffers}, at another organisation. */
export async function previewElsewhere(
  ctx: Ctx,
  number: string,
  toOrgId: string,
): Promise<Result<Preview>> {
  const org = await resolveOrganisation(ctx, toOrgId);
  if (!org.ok) return org;
  return ctx.inOrg(org.value, 'cores.preview-quote', async (there) => {
    const found = await previewOffers(there, number);
    if (!found.ok) return found;
    // pictures of their catalogue are files of theirs
    return ok({ candidates: found.value.candidates.map(({ photo: _, ...c }) => c) });
  });
}

type QuoteInput = z.output<(typeof quoteCore)['body']>;
type RequestInput = z.output<(typeof requestQuote)['body']>;

/** A supplier asks a plant: the quote is made in the plant’s books and shown to both. */
export async function requestQuoteFrom(
  ctx: Ctx,
  input: RequestInput,
): Promise<Result<CoreViewJson>> {
  const plant = await resolveOrganisation(ctx, input.toOrgId);
  if (!plant.ok) return plant;
  const files: StoredFile[] = [];
  for (const sha of input.photos) {
    const file = await requireFile(ctx, sha, { image: true });
    if (!file.ok) return file;
    files.push(file.value);
  }
  return ctx.inOrg(plant.value, 'cores.request-quote', async (there) => {
    for (const file of files) await adoptFile(there, file);
    const supplier = await partnerOfOrg(there, ctx.org);
    if (!supplier.ok) return supplier;
    const made = await makeCore(there, {
      ...input,
      supplierId: supplier.value.id,
      supplierOrg: ctx.org.no,
      state: 'quoted',
    });
    return made.ok ? ok(await coreView(there, made.value)) : made;
  });
}

export async function quoteForSupplier(ctx: Ctx, input: QuoteInput): Promise<Result<CoreRow>> {
  const supplier = await requirePartner(ctx, input.supplierId);
  if (!supplier.ok) return supplier;
  const supplierOrg = await orgNoOf(ctx, supplier.value.orgId);
  return makeCore(ctx, { ...input, supplierOrg, state: 'quoted' });
}

export function partRef(part: PartType): PartRef {
  return { id: part.id, number: part.number, name: part.name };
}

/** The number of a partner’s organisation when it is on this installation. */
export async function orgNoOf(ctx: Ctx, orgId: string | undefined): Promise<number | null> {
  const org = orgId ? await resolveOrganisation(ctx, orgId) : undefined;
  return org?.ok ? org.value.no : null;
}

interface NewCoreInput extends Omit<QuoteInput, 'supplierId'> {
  supplierId: string;
  supplierOrg: number | null;
  state: CoreState;
  massG?: number | undefined;
}

const OBJECTIONS: Record<Objection, () => ReturnType<typeof coreErrors.CORE_STATE>> = {
  'licence-missing': () => coreErrors.CORE_LICENCE_MISSING(),
  'vin-missing': () => coreErrors.CORE_VEHICLE_VIN(),
  'own-licence-missing': () => coreErrors.CORE_VEHICLE_LICENCE(),
  'certificate-missing': () => coreErrors.CORE_CERTIFICATE_MISSING(),
  'import-restricted': () => coreErrors.CORE_IMPORT_RESTRICTED(),
};

/** What later steps will write. */
const NOTHING_YET = {
  ...{ grade: null, graded_at: null, credit_fen: null, credited_at: null },
  ...{ received_at: null, place: null, previous_unit_id: null, pick_up_address: null },
  ...{ dispute_reason: null, disputed_at: null, ended_at: null },
};

/** Enters a core: identified by its number as far as that is certain, checked for legality. */
export async function makeCore(ctx: Ctx, input: NewCoreInput): Promise<Result<CoreRow>> {
  for (const sha of input.photos) {
    const file = await requireFile(ctx, sha, { image: true });
    if (!file.ok) return file;
  }
  const part = await identify(ctx, input.number, input.partId);
  if (!part.ok) return part;
  const legal = await checkOrigin(ctx, input, part.value?.part);
  if (!legal.ok) return legal;
  const programme = part.value ? await programmeToday(ctx, part.value.part.id) : undefined;
  if (input.state === 'quoted' && part.value && !programme) {
    return err(coreErrors.CORE_PROGRAMME_MISSING({ number: input.number }));
  }
  const grade: Grade = input.claimedGrade ?? 'B';
  const code = await allocateCode(ctx, 'core');
  const core = await insertCore(ctx, {
    id: newId('core', ctx.now.getTime()),
    code,
    epc: `https://id.gs1.org/8004/${await gs1Prefix(ctx)}${code}`,
    state: input.state,
    life: 1,
    part_id: part.value?.part.id ?? null,
    part: part.value ? partRef(part.value.part) : null,
    number_seen: input.number,
    identified_by: part.value?.by ?? null,
    programme_id: programme?.id ?? null,
    supplier_id: input.supplierId,
    supplier_org: input.supplierOrg,
    channel: input.channel,
    donor: legal.value,
    imported: input.imported,
    bonded: input.bonded,
    regulated: part.value?.part.restricted ?? false,
    claimed_grade: input.claimedGrade ?? null,
    quoted_fen: programme?.grades[grade].creditFen ?? null,
    photos: input.photos,
    mass_g: input.massG ?? null,
    created_at: ctx.now,
    ...NOTHING_YET,
  });
  const registered = await registerThing(ctx, {
    kind: 'core',
    ref: core.id,
    epc: core.epc,
    code,
    name: part.value?.part.name ?? text(`旧件 ${input.number}`, `Core ${input.number}`),
  });
  if (!registered.ok) return registered;
  if (part.value && programme) await reckonValue(ctx, core, programme.grades[grade].creditFen);
  await ctx.publish(`cores.core-${input.state}`, core.id, { coreId: core.id });
  return ok(core);
}

interface Identified {
  part: PartType;
  by: NonNullable<CoreRow['identified_by']>;
}

/** One candidate identifies; several wait for a person; none is refused. */
async function identify(
  ctx: Ctx,
  number: string,
  partId: string | undefined,
): Promise<Result<Identified | undefined>> {
  if (partId) {
    const part = await getPart(ctx, partId);
    return part.ok ? ok({ part: part.value, by: 'person' }) : part;
  }
  const found = await candidatesFor(ctx, number);
  const [first] = found;
  if (!first) return err(coreErrors.CORE_NUMBER_UNKNOWN({ number }));
  if (found.length > 1) return ok(undefined);
  return ok({ part: first.part, by: first.via === 'number' ? 'number' : 'interchange' });
}

interface Supplied {
  readonly channel: string;
  readonly donor?: DonorJson | null | undefined;
  readonly supplierId: string | null;
  readonly imported: boolean;
  readonly bonded: boolean;
}

/**
 * Whether a core may be taken in as this part: checked when it is quoted or received, and again when
 * a person says which part it is, as only then a regulated one is known to be one.
 */
export async function checkOrigin(
  ctx: Ctx,
  input: Supplied,
  part: PartType | undefined,
): Promise<Result<DonorJson | null>> {
  const donor = input.donor ?? null;
  if (donor?.vin) {
    const vin = parseVin(donor.vin);
    if (!vin.ok) return err(coreErrors.CORE_VIN_INVALID({ reason: vin.error.message }));
  }
  const today = await todayOf(ctx);
  if (donor?.removedOn && donor.removedOn > today) return err(coreErrors.CORE_DONOR_TIME());
  const isVehicle = part?.family === 'vehicle';
  const fromVehicle = !isVehicle && (input.channel === 'dismantler' || donor?.vin !== undefined);
  const holds = async (partnerId: string | undefined) =>
    (await licenceValid(ctx, partnerId, 'vehicle-dismantling', today)) !== undefined;
  const [first] = objections({
    fromVehicle,
    licensed: fromVehicle && input.supplierId !== null && (await holds(input.supplierId)),
    isVehicle,
    hasVin: donor?.vin !== undefined,
    weAreLicensed: isVehicle && (await holds(undefined)),
    restricted: part?.restricted ?? false,
    imported: input.imported,
    bonded: input.bonded,
    disposalCertificate: donor?.disposalCertificate,
  });
  return first ? err(OBJECTIONS[first]()) : ok(donor);
}
