import type { Config } from '@zaizao/platform/http';
import type { z } from 'zod';
import type { PassportView, passportOfUnit } from '../contract.ts';
import { keyPath, pagePath } from '../domain/address.ts';
import type { CredentialRow, PublishedRow } from '../repo.ts';

export function credentialState(row: CredentialRow) {
  return {
    id: row.id,
    version: row.version,
    issuedAt: row.issued_at.toISOString(),
    ...(row.revoked_at ? { revokedAt: row.revoked_at.toISOString() } : {}),
    ...(row.revoked_for ? { revokedFor: row.revoked_for } : {}),
  };
}

export function passportViewOf(
  row: PublishedRow,
  newest: CredentialRow | undefined,
  conformity?: CredentialRow | undefined,
): PassportView {
  const issuer = newest?.credential.issuer as { id?: string } | undefined; // issue.ts wrote it
  return {
    ...row.document,
    ...(newest ? { credential: credentialState(newest) } : {}),
    ...(conformity ? { conformity: credentialState(conformity) } : {}),
    ...(issuer?.id ? { issuer: issuer.id } : {}),
    updatedAt: row.updated_at.toISOString(),
    version: row.version,
  };
}

export function unitPassportOf(
  config: Config,
  row: PublishedRow,
  credentials: readonly CredentialRow[],
): z.input<typeof passportOfUnit> {
  return {
    epc: row.epc,
    pagePath: pagePath(row.epc),
    link: `${config.publicUrl}${keyPath(row.epc) ?? pagePath(row.epc)}`,
    stage: row.document.status.stage,
    updatedAt: row.updated_at.toISOString(),
    credentials: credentials.map(credentialState),
  };
}
