import { isArray, isObject, type JsonObject, type JsonValue } from '@zaizao/tlog';
import { gunzipSync, gzipSync } from 'fflate';
import { type CredentialChecks, verifyCredential } from './credential.ts';
import { CREDENTIALS_V2 } from './credential-shape.ts';
import { asFault, CredentialError, type Fault, fault } from './fault.ts';
import { decodeMultibase, toBase64Url } from './multibase.ts';

/** Fewest entries of a list, so that one credential hides among many (Bitstring Status List §6.1). */
export const MIN_STATUS_ENTRIES = 131_072;

/** Largest list read, in bytes unpacked: 134 million entries, and no decompression bomb. */
const MAX_STATUS_BYTES = 16 * 1024 * 1024;

export type StatusPurpose = 'revocation' | 'suspension';

/** A bit for each credential issued; 1 means revoked (or suspended). */
export class StatusList {
  readonly #bits: Uint8Array;

  constructor(bits: Uint8Array = new Uint8Array(MIN_STATUS_ENTRIES / 8)) {
    this.#bits = bits;
  }

  get length(): number {
    return this.#bits.length * 8;
  }

  /** Entry 0 is the leftmost bit (§3.3). */
  get(index: number): boolean {
    return (((this.#bits[this.#byteOf(index)] ?? 0) >> (7 - (index % 8))) & 1) === 1;
  }

  set(index: number, value: boolean): void {
    const byte = this.#byteOf(index);
    const mask = 0x80 >> (index % 8);
    this.#bits[byte] = value ? (this.#bits[byte] ?? 0) | mask : (this.#bits[byte] ?? 0) & ~mask;
  }

  /** `encodedList`: GZIP, then multibase base64url. Equal lists give equal text. */
  encode(): string {
    return `u${toBase64Url(gzipSync(this.#bits, { mtime: 0 }))}`;
  }

  static decode(encodedList: string): StatusList {
    if (!encodedList.startsWith('u')) {
      throw new CredentialError('MALFORMED', 'encodedList is not multibase base64url');
    }
    const zipped = decodeMultibase(encodedList);
    const size =
      zipped.length < 18 ? 0 : new DataView(zipped.buffer).getUint32(zipped.length - 4, true);
    if (size * 8 < MIN_STATUS_ENTRIES || size > MAX_STATUS_BYTES) {
      throw new CredentialError('MALFORMED', `status list of ${size} bytes`);
    }
    try {
      const bits = gunzipSync(zipped, { out: new Uint8Array(size) });
      if (bits.length === size) return new StatusList(bits);
    } catch {
      // fflate's reasons add nothing to "not GZIP".
    }
    throw new CredentialError('MALFORMED', 'encodedList is not GZIP');
  }

  #byteOf(index: number): number {
    if (!Number.isInteger(index) || index < 0 || index >= this.length) {
      throw new CredentialError('MALFORMED', `status index ${index} of ${this.length}`);
    }
    return index >> 3;
  }
}

/** The credential, to be signed by the issuer, that publishes a list. */
export function statusListCredential(options: {
  readonly id: string;
  readonly issuer: string;
  readonly purpose: StatusPurpose;
  readonly list: StatusList;
  readonly validFrom: string;
  readonly validUntil?: string | undefined;
}): JsonObject {
  return {
    '@context': [CREDENTIALS_V2],
    id: options.id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: options.issuer,
    validFrom: options.validFrom,
    ...(options.validUntil === undefined ? {} : { validUntil: options.validUntil }),
    credentialSubject: {
      id: `${options.id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: options.purpose,
      encodedList: options.list.encode(),
    },
  };
}

/** `credentialStatus` of a credential that has this place in a list. */
export function statusEntry(list: string, index: number, purpose: StatusPurpose): JsonObject {
  return {
    id: `${list}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: purpose,
    statusListIndex: String(index),
    statusListCredential: list,
  };
}

/**
 * Checks a credential's status entries against status list credentials at hand. Each list must
 * verify, be of the same issuer and purpose. `unknown` names entries whose list was not given.
 */
export async function checkStatus(
  credential: JsonObject,
  issuer: string,
  lists: readonly (JsonObject | string)[],
  checks: CredentialChecks,
): Promise<{ readonly ok: true; readonly unknown: readonly string[] } | Fault> {
  const verified: JsonObject[] = [];
  for (const list of lists) {
    const verdict = await verifyCredential(list, checks);
    if (!verdict.ok) return fault(verdict.code, `status list: ${verdict.reason}`);
    if (verdict.issuer !== issuer) return fault('ISSUER_MISMATCH', 'status list of another issuer');
    verified.push(verdict.credential);
  }
  const unknown: string[] = [];
  try {
    for (const entry of entriesOf(credential.credentialStatus)) {
      const list = verified.find(({ id }) => id === entry.list);
      if (!list) unknown.push(entry.list);
      else if (listFor(list, entry.purpose).get(entry.index)) {
        return fault('REVOKED', `${entry.purpose}: entry ${entry.index} of ${entry.list} is set`);
      }
    }
  } catch (error) {
    return asFault(error);
  }
  return { ok: true, unknown };
}

function entriesOf(status: JsonValue | undefined) {
  const entries = status === undefined ? [] : isArray(status) ? status : [status];
  return entries.map((entry) => {
    const index = isObject(entry) ? entry.statusListIndex : undefined;
    if (
      !isObject(entry) ||
      entry.type !== 'BitstringStatusListEntry' ||
      typeof entry.statusListCredential !== 'string' ||
      typeof entry.statusPurpose !== 'string' ||
      typeof index !== 'string' ||
      !/^(?:0|[1-9]\d{0,9})$/.test(index) ||
      (entry.statusSize !== undefined && entry.statusSize !== 1)
    ) {
      throw new CredentialError('MALFORMED', 'credentialStatus is not a BitstringStatusListEntry');
    }
    return { list: entry.statusListCredential, purpose: entry.statusPurpose, index: Number(index) };
  });
}

function listFor({ credentialSubject }: JsonObject, purpose: string): StatusList {
  const subject = credentialSubject;
  if (
    !isObject(subject) ||
    subject.type !== 'BitstringStatusList' ||
    typeof subject.encodedList !== 'string' ||
    !(subject.statusPurpose === purpose || listHas(subject.statusPurpose, purpose))
  ) {
    throw new CredentialError('MALFORMED', `not a status list for ${purpose}`);
  }
  return StatusList.decode(subject.encodedList);
}

function listHas(value: JsonValue | undefined, item: string): boolean {
  return value !== undefined && isArray(value) && value.includes(item);
}
