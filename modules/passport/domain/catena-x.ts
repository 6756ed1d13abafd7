import type { JsonObject } from '@zaizao/tlog';
import { sha256, toHex, utf8 } from '@zaizao/tlog';
import type { PassportFacts } from '../contract.ts';
import { compact } from './json.ts';

/** Working days within which the data space lets an issuer take a certificate back. */
const REVOCATION_DAYS = 7;

/**
 * Identifier of a thing's twin in the data space, `urn:uuid:…`: made of the thing's own identifier, so
 * that the same thing has the same twin whoever exports it (RFC 9562 version 8, SHA-256).
 */
export function twinOf(epc: string): string {
  const hex = toHex(sha256(utf8(`zaizao-twin\n${epc}`))).slice(0, 32);
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16);
  const uuid = `${hex.slice(0, 12)}8${hex.slice(13, 16)}${variant}${hex.slice(17)}`;
  return `urn:uuid:${[
    uuid.slice(0, 8),
    uuid.slice(8, 12),
    uuid.slice(12, 16),
    uuid.slice(16, 20),
    uuid.slice(20),
  ].join('-')}`;
}

export interface CertificateSource {
  readonly facts: PassportFacts;
  /** Business partner number of the maker. */
  readonly bpn: string;
  /** When the certificate was issued. */
  readonly issuedAt: string;
  readonly revokedAt?: string | undefined;
}

/**
 * The passport as a Catena-X RemanufacturingCertificate 3.0.0. The model asks for a revocation date of
 * every certificate: the day it was revoked, else the last day on which it may be.
 */
export function remanufacturingCertificate(source: CertificateSource): JsonObject {
  const { facts, bpn, issuedAt, revokedAt } = source;
  const [before] = facts.lives;
  return {
    certificate: compact({
      supplier: bpn,
      issueDate: issuedAt,
      catenaXId: twinOf(facts.epc),
      catenaXIdPreviousLife: before && twinOf(before.epc),
      articleNumber: facts.product.number,
      revocationDate: revokedAt?.slice(0, 10) ?? afterWorkingDays(issuedAt, REVOCATION_DAYS),
      originalEquipmentNumber: facts.product.number,
    }),
    partInstanceId: [
      { key: 'manufacturerId', value: bpn },
      { key: 'partInstanceId', value: facts.serial },
      ...(facts.product.gtin ? [{ key: 'customKey:gtin', value: facts.product.gtin }] : []),
    ],
  };
}

function afterWorkingDays(from: string, days: number): string {
  const day = new Date(`${from.slice(0, 10)}T00:00:00Z`);
  for (let left = days; left > 0; ) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() % 6 !== 0) left--;
  }
  return day.toISOString().slice(0, 10);
}

/** A number for organisations of the demonstration, which have none: recognisable, and of the right form. */
export function exampleBpn(orgId: string): string {
  return `BPNLDEMO${toHex(sha256(utf8(orgId)))
    .slice(0, 8)
    .toUpperCase()}`;
}
