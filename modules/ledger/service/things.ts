import { canonicalUri } from '@zaizao/gs1';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import { ledgerErrors, type Thing } from '../contract.ts';
import { codeKey, readScan } from '../domain/scan.ts';
import { putMarks, putThing, thingByCode, thingByRefRow, thingsByEpc } from '../repo/thing.ts';

export interface ThingToRegister extends Thing {
  /** Other marks that people scan or type: the maker's serial number, a supplier's label. */
  readonly marks?: readonly string[];
}

/**
 * Tells the ledger what a module calls a thing, so that a scan finds it. Registering it again renews
 * code and name. Refused with LEDGER_THING_TAKEN when the EPC belongs to another record.
 */
export async function registerThing(ctx: Ctx, thing: ThingToRegister): Promise<Result<Thing>> {
  const { kind, ref, code, name, marks = [] } = thing;
  const row: Thing = { kind, ref, code, name, epc: canonicalUri(thing.epc) };
  if (!(await putThing(ctx.tx, ctx.org.no, row, codeKey(code), ctx.now))) {
    return err(ledgerErrors.LEDGER_THING_TAKEN({ epc: row.epc }));
  }
  const keys = [...new Set(marks.map(codeKey))].filter((key) => key !== '');
  await putMarks(ctx.tx, ctx.org.no, row.epc, keys);
  return ok(row);
}

/** The organisation's thing behind a scan: EPC URN, Digital Link of any host, element string, code, mark. */
export async function findThing(ctx: Ctx, scanned: string): Promise<Thing | undefined> {
  const read = readScan(scanned);
  if (read.by === 'code') {
    return read.key === '' ? undefined : thingByCode(ctx.tx, ctx.org.no, read.key, read.typed);
  }
  return (await thingsByEpc(ctx.tx, ctx.org.no, [read.epc]))[0];
}

/** The thing that a module's record is: by its id. */
export function thingByRef(ctx: Ctx, ref: string): Promise<Thing | undefined> {
  return thingByRefRow(ctx.tx, ctx.org.no, ref);
}
