/** What the modules hold, in one shape. */
import { getParts } from '@zaizao/modules/catalog';
import { getCore, type HeldCore, heldCores, putCore } from '@zaizao/modules/cores';
import {
  correctComponent,
  getComponent,
  type HeldComponent,
  heldComponents,
} from '@zaizao/modules/dismantling';
import { findThing, type Thing as Named } from '@zaizao/modules/ledger';
import { getUnit, type HeldUnit, heldUnits, putUnit } from '@zaizao/modules/production';
import type { Ctx } from '@zaizao/platform/http';
import type { Result, Text } from '@zaizao/platform/kernel';
import type { Kind } from '../domain/reconcile.ts';

/** A thing in stock as its module knows it. */
export interface Held {
  readonly subject: string;
  readonly kind: Kind;
  readonly ref: string;
  readonly code: string;
  readonly name: Text;
  readonly partId: string | undefined;
  readonly state: string;
  readonly place: string | undefined;
  readonly qty: number;
  readonly isLot: boolean;
  readonly creditFen: bigint | undefined;
  readonly version: number;
}

function ofCore(c: HeldCore): Held {
  return {
    subject: c.epc,
    kind: 'core',
    ref: c.id,
    code: c.code,
    name: c.part?.name ?? { zh: c.number_seen, en: c.number_seen },
    partId: c.part?.id,
    state: c.state,
    place: c.place ?? undefined,
    qty: 1,
    isLot: false,
    // What came back for a deposit was given no credit: its value is not known here.
    creditFen: c.credit_fen ? c.credit_fen : undefined,
    version: c.version,
  };
}

function ofComponent(c: HeldComponent): Held {
  return {
    subject: c.epc,
    kind: 'component',
    ref: c.id,
    code: c.code,
    name: c.part.name,
    partId: c.part.id,
    state: c.state,
    place: c.place ?? undefined,
    qty: c.qty,
    isLot: !c.serialised,
    creditFen: undefined,
    version: c.version,
  };
}

function ofUnit(u: HeldUnit): Held {
  return {
    subject: u.epc,
    kind: 'unit',
    ref: u.id,
    code: u.serial,
    name: u.part.name,
    partId: u.part.id,
    state: u.state,
    place: u.place ?? undefined,
    qty: 1,
    isLot: false,
    creditFen: undefined,
    version: u.version,
  };
}

/** Everything of some kinds that the books hold, at one place or anywhere. */
export async function heldThings(
  ctx: Ctx,
  kinds: readonly Kind[],
  place?: string,
): Promise<Held[]> {
  const at = { place };
  const cores = kinds.includes('core') ? (await heldCores(ctx, at)).map(ofCore) : [];
  const components = kinds.includes('component')
    ? (await heldComponents(ctx, at)).map(ofComponent)
    : [];
  const units = kinds.includes('unit') ? (await heldUnits(ctx, at)).map(ofUnit) : [];
  return [...cores, ...components, ...units];
}

/** Some things, as far as they are still held. */
export async function heldAmong(
  ctx: Ctx,
  things: readonly { readonly kind: Kind; readonly ref: string }[],
): Promise<Held[]> {
  const ids = (kind: Kind) => ({ ids: things.flatMap((x) => (x.kind === kind ? x.ref : [])) });
  return [
    ...(await heldCores(ctx, ids('core'))).map(ofCore),
    ...(await heldComponents(ctx, ids('component'))).map(ofComponent),
    ...(await heldUnits(ctx, ids('unit'))).map(ofUnit),
  ];
}

/** What a scan names: held, or only known with the state that its module gives it. */
export type Scanned =
  | { readonly held: Held }
  | {
      readonly known: Pick<Held, 'subject' | 'kind' | 'ref' | 'code' | 'name' | 'state' | 'isLot'>;
    };

/** The thing of ours behind a code; undefined when nobody knows it, or it is no thing of stock. */
export async function thingScanned(ctx: Ctx, code: string): Promise<Scanned | undefined> {
  const named = await findThing(ctx, code);
  if (!named) return undefined;
  if (named.kind === 'core') return scannedCore(ctx, named);
  if (named.kind === 'component' || named.kind === 'lot') return scannedComponent(ctx, named);
  if (named.kind === 'unit') return scannedUnit(ctx, named);
  return undefined;
}

async function scannedCore(ctx: Ctx, named: Named): Promise<Scanned | undefined> {
  const [held] = await heldCores(ctx, { ids: [named.ref] });
  if (held) return { held: ofCore(held) };
  const core = await getCore(ctx, named.ref);
  if (!core.ok) return undefined;
  const { epc, id, code, state } = core.value;
  const known = { subject: epc, kind: 'core', ref: id, code, name: named.name, state } as const;
  return { known: { ...known, isLot: false } };
}

async function scannedComponent(ctx: Ctx, named: Named): Promise<Scanned | undefined> {
  const [held] = await heldComponents(ctx, { ids: [named.ref] });
  if (held) return { held: ofComponent(held) };
  const found = await getComponent(ctx, named.ref);
  if (!found.ok) return undefined;
  const { epc, id, code, state, serialised } = found.value;
  const known = { subject: epc, kind: 'component', ref: id, code, name: named.name } as const;
  return { known: { ...known, state, isLot: !serialised } };
}

/** A unit that came home keeps its identity and is the core of its next life. */
async function scannedUnit(ctx: Ctx, named: Named): Promise<Scanned | undefined> {
  const [held] = await heldUnits(ctx, { ids: [named.ref] });
  if (held) return { held: ofUnit(held) };
  const unit = await getUnit(ctx, named.ref);
  if (!unit.ok) return undefined;
  const { epc, id, serial, state } = unit.value;
  const [core] = await heldCores(ctx, { epc });
  if (core) return { held: ofCore(core) };
  const known = { subject: epc, kind: 'unit', ref: id, code: serial, name: named.name } as const;
  return { known: { ...known, state, isLot: false } };
}

/**
 * What each thing is worth, fen: the credit given for a core, the price of a new one for the others.
 * What has no price is left out.
 */
export async function valuesOf(ctx: Ctx, things: readonly Held[]): Promise<Map<string, bigint>> {
  const ids = [...new Set(things.flatMap((x) => x.partId ?? []))];
  const parts = await getParts(ctx, ids);
  return new Map(
    things.flatMap((x) => {
      const fen = x.kind === 'core' ? x.creditFen : parts.get(x.partId ?? '')?.newPriceFen;
      return fen === undefined ? [] : [[x.subject, fen] as const];
    }),
  );
}

/** Writes where a thing was found, and how many pieces more or fewer a lot has, into its module's books. */
export function correct(
  ctx: Ctx,
  thing: Pick<Held, 'kind' | 'ref'>,
  to: { readonly place?: string; readonly more?: number },
): Promise<Result<undefined>> {
  const { kind, ref } = thing;
  if (kind === 'component') return correctComponent(ctx, ref, to);
  const put = kind === 'core' ? putCore : putUnit;
  return put(ctx, ref, to.place ?? '');
}
