import type { Tx } from '@zaizao/platform/db';
import { type NodeStore, toHex } from '@zaizao/tlog';
import { readNodes, writeNodes } from '../repo/map.ts';

/** Nodes to one statement. */
const CHUNK = 5_000;

/** The nodes of the map of histories in their table, as seen by one transaction. */
export function mapTable(tx: Tx, onWrite?: (hashes: Iterable<string>) => void): NodeStore {
  const getMany = async (hashes: readonly string[]) => {
    const found = new Map<string, Uint8Array>();
    for (let at = 0; at < hashes.length; at += CHUNK) {
      for (const { hash, node } of await readNodes(tx, hashes.slice(at, at + CHUNK))) {
        found.set(hash, new Uint8Array(node));
      }
    }
    return hashes.map((hash) => found.get(hash) ?? null);
  };
  const setMany = async (nodes: ReadonlyMap<string, Uint8Array>) => {
    onWrite?.(nodes.keys());
    const rows = [...nodes].map(([hash, node]) => ({ hash, node: toHex(node) }));
    for (let at = 0; at < rows.length; at += CHUNK) {
      await writeNodes(tx, rows.slice(at, at + CHUNK));
    }
  };
  return {
    getMany,
    setMany,
    get: async (hash) => (await getMany([hash]))[0] ?? null,
    set: (hash, node) => setMany(new Map([[hash, node]])),
  };
}
