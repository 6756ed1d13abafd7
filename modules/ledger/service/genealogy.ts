import { canonicalUri } from '@zaizao/gs1';
import type { Ctx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import { type Genealogy, type GenealogyDirection, ledgerErrors } from '../contract.ts';
import { graphOf, type Step } from '../domain/genealogy.ts';
import { linkKindOf } from '../domain/link.ts';
import { stampOf } from '../domain/micros.ts';
import { linksFrom, removals } from '../repo/genealogy.ts';
import { ownOnly, type Seen } from '../repo/seen.ts';
import { thingsByEpc } from '../repo/thing.ts';

/** Events behind one graph at most: a person cannot read more, and a recall list this long is a query of its own. */
const MAX_NODES = 5_000;

/**
 * What a thing was made of (`components-of`: back to its cores, across lives) or where it went
 * (`used-in`). Edges point the way of matter. One recursive query over one index a direction.
 * By default of the organisation's own records only. Refused with LEDGER_TOO_MANY_LINKS beyond 5,000 events.
 */
export async function genealogy(
  ctx: Ctx,
  epc: string,
  direction: GenealogyDirection,
  seen: Seen = ownOnly(ctx.org.no),
): Promise<Result<Genealogy>> {
  const { tx, org } = ctx;
  const root = canonicalUri(epc);
  const rows = await linksFrom(tx, seen, root, direction === 'components-of', MAX_NODES);
  if (new Set(rows.map((r) => r.node)).size > MAX_NODES) {
    return err(ledgerErrors.LEDGER_TOO_MANY_LINKS({ limit: MAX_NODES }));
  }
  const steps = rows.map((row): Step => {
    const us = Number(row.event_us);
    return {
      ...{ thing: row.thing, side: row.side, node: row.node, us },
      kind: linkKindOf(row.kind),
      eventId: row.event_id,
      eventTime: stampOf(us),
      bizStep: row.biz_step ?? undefined,
    };
  });
  const wholes = steps.filter((s) => s.kind !== 'taken-apart' && s.side === 1).map((s) => s.thing);
  const taken = wholes.length === 0 ? [] : await removals(tx, seen, [...new Set(wholes)]);
  const { edges, depths } = graphOf(
    root,
    direction,
    steps,
    taken.map(({ parent, child, event_us }) => {
      const us = Number(event_us);
      return { parent, child, us, time: stampOf(us) };
    }),
  );
  const names = new Map((await thingsByEpc(tx, org.no, [...depths.keys()])).map((t) => [t.epc, t]));
  const nodes = [...depths].map(([node, depth]) => {
    const thing = names.get(node);
    return thing ? { epc: node, depth, thing } : { epc: node, depth };
  });
  return ok({ root, direction, nodes, edges });
}
