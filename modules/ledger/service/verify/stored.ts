import { type Context, type EpcisEvent, parseJson, ZAIZAO_CONTEXT } from '@zaizao/epcis';
import {
  attempt,
  decodeLeaf,
  type EventLeaf,
  isEventLeaf,
  type TileTree,
  TlogError,
} from '@zaizao/tlog';
import type { StoredEvent } from '../../repo/verify.ts';

/** What a damaged entry says: nothing. The damage itself is named with its tile. */
export function readable<T>(decode: () => T): T | undefined {
  const read = attempt(decode);
  return read.ok ? read.value : undefined;
}

export function leafIn(entry: Uint8Array): EventLeaf | undefined {
  return isEventLeaf(entry) ? readable(() => decodeLeaf(entry)) : undefined;
}

export function nullIfTlog(error: unknown): null {
  if (error instanceof TlogError) return null;
  throw error;
}

export async function eventIdAt(tree: TileTree, index: number): Promise<string | undefined> {
  const entry = await tree.entry(index).catch(nullIfTlog);
  return entry ? leafIn(entry)?.eventID : undefined;
}

export function parsed(row: StoredEvent): { event: EpcisEvent; context: Context } {
  // As stored: validated then; if it is something else now, the hash tells.
  const event = parseJson(row.event) as unknown as EpcisEvent;
  const context = row.context === null ? ZAIZAO_CONTEXT : (parseJson(row.context) as Context);
  return { event, context };
}
