import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import type { App, Ctx } from '../http/index.ts';
import { err, newId, ok, type Result } from '../kernel/index.ts';
import { fileErrors } from './contract.ts';
import { sniff } from './sniff.ts';

export interface StoredFile {
  readonly sha256: string;
  readonly mediaType: string;
  readonly size: number;
  readonly name: string;
}

const IMAGE_MIB = 16;
const DOCUMENT_MIB = 64;
const MIB = 1024 * 1024;

function pathOf(app: App, sha256: string): string {
  return join(app.config.home, 'files', sha256.slice(0, 2), sha256);
}

/**
 * Stores bytes by their SHA-256: on disk (and synced) before the row, so that a row never lacks
 * its bytes. The same bytes are stored once, whoever brings them; rows are per organisation.
 */
export async function storeFile(
  ctx: Ctx,
  bytes: Uint8Array,
  name: string,
): Promise<Result<StoredFile>> {
  if (bytes.length === 0) return err(fileErrors.FILE_EMPTY());
  const mediaType = sniff(bytes);
  if (!mediaType) return err(fileErrors.FILE_TYPE_REFUSED());
  const mib = mediaType.startsWith('image/') ? IMAGE_MIB : DOCUMENT_MIB;
  if (bytes.length > mib * MIB) return err(fileErrors.FILE_TOO_LARGE({ mib }));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await writeOnce(pathOf(ctx.app, sha256), bytes);
  const by = `${ctx.principal.kind}:${ctx.principal.id}`;
  await sql`insert into zaizao.file (org_id, sha256, media_type, size, name, created_at, created_by)
    values (${ctx.org.no}, ${sha256}, ${mediaType}, ${bytes.length}, ${name}, ${ctx.now}, ${by})
    on conflict do nothing`.execute(ctx.tx);
  return ok({ sha256, mediaType, size: bytes.length, name });
}

async function writeOnce(path: string, bytes: Uint8Array): Promise<void> {
  if (existsSync(path)) return;
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.${newId('part')}`;
  const file = await open(partial, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}

/** The row of a file of this organisation; a photo may be asked for. */
export async function requireFile(
  ctx: Ctx,
  sha256: string,
  need: { image?: boolean } = {},
): Promise<Result<StoredFile>> {
  const r = await sql<{ media_type: string; size: number; name: string }>`
    select media_type, size, name from zaizao.file
    where org_id = ${ctx.org.no} and sha256 = ${sha256}`.execute(ctx.tx);
  const row = r.rows[0];
  if (need.image && !row?.media_type.startsWith('image/')) {
    return err(fileErrors.PHOTO_REQUIRED({ sha256: sha256.slice(0, 12) }));
  }
  if (!row) return err(fileErrors.FILE_NOT_FOUND());
  return ok({ sha256, mediaType: row.media_type, size: row.size, name: row.name });
}

/**
 * Gives this organisation a file that another one showed it (a photo sent with an offer), as a row
 * of its own. `file` is what `requireFile` answered in the other organisation.
 */
export async function adoptFile(there: Ctx, file: StoredFile): Promise<void> {
  const { sha256, mediaType, size, name } = file;
  const by = `${there.principal.kind}:${there.principal.id}`;
  await sql`insert into zaizao.file (org_id, sha256, media_type, size, name, created_at, created_by)
    values (${there.org.no}, ${sha256}, ${mediaType}, ${size}, ${name}, ${there.now}, ${by})
    on conflict do nothing`.execute(there.tx);
}

/** The bytes of a stored file. Who may have them is decided by whoever calls. */
export async function readStored(app: App, sha256: string): Promise<Uint8Array | undefined> {
  return readFile(pathOf(app, sha256)).catch(() => undefined);
}
