import { sql } from 'kysely';
import type { App } from '../http/index.ts';

/** Deletes sessions and one-time codes that have ended; they admit nobody, but they are personal data. */
export async function sweep(app: App): Promise<void> {
  const now = new Date();
  await sql`delete from identity.auth_session where expires_at < ${now}`.execute(app.db.kysely);
  await sql`delete from identity.auth_verification where expires_at < ${now}`.execute(
    app.db.kysely,
  );
}
