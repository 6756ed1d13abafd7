import {
  canonicalJson,
  concat,
  equalBytes,
  fromUtf8,
  hashLeaf,
  merkleRoot,
  TlogError,
  utf8,
} from '@zaizao/tlog';
import type { AuditRow } from '../repo/audit.ts';

/*
 * The audit trail in the log. A batch of rows of one organisation is one entry:
 *
 *   "zaizao-audit/1\n" ‖ uint16 length and organisation ‖ rows (4) ‖ root (32)
 *
 * The root is of an RFC 9162 tree over SHA-256(0x00 ‖ salt ‖ row), a row being the canonical JSON of
 * its columns, in the order of their ids. The salt is the batch's own: nobody can test guesses of a
 * row against the public entry.
 */

const HEADER = utf8('zaizao-audit/1\n');

export interface AuditEntry {
  readonly organisation: string;
  readonly rows: number;
  readonly root: Uint8Array;
}

/** The root over the rows of a batch. */
export function auditRoot(rows: readonly AuditRow[], salt: Uint8Array): Uint8Array {
  const leaves = rows.map((row) => {
    const { id, at, actor, action, subject, detail, request_id } = row;
    const told = [id, at.toISOString(), actor, action, subject, detail, request_id];
    return hashLeaf(concat(salt, utf8(canonicalJson(told))));
  });
  return merkleRoot(leaves);
}

export function encodeAuditEntry({ organisation, rows, root }: AuditEntry): Uint8Array {
  const name = utf8(organisation);
  const head = new Uint8Array(2);
  new DataView(head.buffer).setUint16(0, name.length);
  const count = new Uint8Array(4);
  new DataView(count.buffer).setUint32(0, rows);
  return concat(HEADER, head, name, count, root);
}

export function isAuditEntry(entry: Uint8Array): boolean {
  return equalBytes(entry.slice(0, HEADER.length), HEADER);
}

export function decodeAuditEntry(entry: Uint8Array): AuditEntry {
  const view = new DataView(entry.buffer, entry.byteOffset, entry.byteLength);
  const at = HEADER.length + 2;
  const length = entry.length < at ? -1 : view.getUint16(HEADER.length);
  if (!isAuditEntry(entry) || entry.length !== at + length + 36) {
    throw new TlogError('BAD_ENCODING', 'not an entry of the audit trail');
  }
  return {
    organisation: fromUtf8(entry.slice(at, at + length)),
    rows: view.getUint32(at + length),
    root: entry.slice(at + length + 4),
  };
}
