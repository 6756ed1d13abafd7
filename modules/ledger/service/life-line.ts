import { canonicalUri } from '@zaizao/gs1';
import type { Ctx } from '@zaizao/platform/http';
import { ok, type Result } from '@zaizao/platform/kernel';
import type { LifeLine } from '../contract.ts';
import { CAME_OUT } from '../domain/link.ts';
import { stampOf } from '../domain/micros.ts';
import { processOf } from '../domain/process.ts';
import { linksFrom } from '../repo/genealogy.ts';
import { ownAndShared, type Seen } from '../repo/seen.ts';
import { eventsOfThings } from '../repo/story.ts';
import { thingsByEpc } from '../repo/thing.ts';
import { genealogy } from './genealogy.ts';

/** What a picture can hold. */
const MAX_LANES = 60;
const MAX_STATIONS = 600;

/**
 * The life of a thing through all lives: what it was made of, what became of it, its siblings of the
 * same births, and every event of them all by event time. The nearest things come first when there
 * are more than a picture holds.
 */
export async function lifeLine(ctx: Ctx, epc: string): Promise<Result<LifeLine>> {
  const root = canonicalUri(epc);
  const seen = await ownAndShared(ctx.tx, ctx.org.no);
  const up = await genealogy(ctx, root, 'components-of', seen);
  if (!up.ok) return up;
  const down = await genealogy(ctx, root, 'used-in', seen);
  if (!down.ok) return down;
  const distances = new Map<string, number>([[root, 0]]);
  for (const { epc: node, depth } of up.value.nodes) if (depth > 0) distances.set(node, -depth);
  for (const { epc: node, depth } of down.value.nodes) {
    if (depth > 0 && !distances.has(node)) distances.set(node, depth);
  }
  const siblings = (await siblingsOf(ctx, seen, root)).filter((s) => !distances.has(s));
  const nearest = [
    ...[...distances].sort(([, a], [, b]) => Math.abs(a) - Math.abs(b)),
    ...siblings.map((s): [string, number] => [s, 0]),
  ];
  const shown = nearest.slice(0, MAX_LANES);
  const epcs = shown.map(([node]) => node);
  const rows = await eventsOfThings(ctx.tx, seen, epcs, MAX_STATIONS + 1);
  const names = new Map((await thingsByEpc(ctx.tx, ctx.org.no, epcs)).map((t) => [t.epc, t]));
  const inPicture = new Set(epcs);
  const edges = [...up.value.edges, ...down.value.edges].filter(
    (e) => inPicture.has(e.from) && inPicture.has(e.to),
  );
  return ok({
    root,
    lanes: shown.map(([node, distance]) => {
      const thing = names.get(node);
      const sibling = siblings.includes(node);
      return { epc: node, distance, sibling, ...(thing ? { thing } : {}) };
    }),
    stations: rows.slice(0, MAX_STATIONS).map((row) => ({
      eventId: row.event_id,
      eventTime: stampOf(Number(row.event_us)),
      type: row.type,
      ...(row.action === null ? {} : { action: row.action }),
      ...(row.biz_step === null ? {} : { bizStep: row.biz_step }),
      ...processIn(row.event),
      ...(row.disposition === null ? {} : { disposition: row.disposition }),
      isErrorDeclaration: row.declared_us !== 0n,
      ...(row.log_index === null ? {} : { logIndex: Number(row.log_index) }),
      ...(row.level ? { shared: true } : {}),
      epcs: row.things.filter((t) => inPicture.has(t)),
    })),
    edges,
    cut: nearest.length > shown.length || rows.length > MAX_STATIONS,
  });
}

function processIn(json: string): { process?: string } {
  const process = processOf(JSON.parse(json) as object); // an event is an object
  return process === undefined ? {} : { process };
}

/** Things that came out of the same births. */
async function siblingsOf(ctx: Ctx, seen: Seen, root: string): Promise<string[]> {
  const links = await linksFrom(ctx.tx, seen, root, true, 200);
  const births = new Set(
    links.filter((l) => l.thing === root && l.side === CAME_OUT).map((l) => l.node),
  );
  const born = links.filter((l) => births.has(l.node) && l.side === CAME_OUT && l.thing !== root);
  return [...new Set(born.map((l) => l.thing))];
}
