import type { PublicCtx } from '@zaizao/platform/http';
import { err, ok, type Result } from '@zaizao/platform/kernel';
import type { JsonObject } from '@zaizao/tlog';
import { passportErrors } from '../contract.ts';
import { shellOf } from '../domain/aas.ts';
import { keyPath, pagePath } from '../domain/address.ts';
import { exampleBpn, remanufacturingCertificate } from '../domain/catena-x.ts';
import * as repo from '../repo.ts';

/**
 * The passport as a Catena-X RemanufacturingCertificate 3.0.0. Refusals: PASSPORT_NOT_FOUND,
 * PASSPORT_NOT_CERTIFIED, PASSPORT_BPN_MISSING.
 */
export async function catenaXOf(ctx: PublicCtx, epc: string): Promise<Result<JsonObject>> {
  const found = await certified(ctx, epc);
  if (!found.ok) return found;
  const { passport, credential } = found.value;
  const { facts } = passport.document;
  const setting = await repo.publicSetting(ctx, passport.org_id);
  const bpn = setting?.bpn ?? (facts.simulated ? exampleBpn(facts.maker.id) : undefined);
  if (bpn === undefined) return err(passportErrors.PASSPORT_BPN_MISSING());
  return ok(
    remanufacturingCertificate({
      facts,
      bpn,
      issuedAt: facts.certificate?.issuedAt ?? credential.issued_at.toISOString(),
      revokedAt: credential.revoked_at?.toISOString(),
    }),
  );
}

/** The passport as an Asset Administration Shell. Refusals: PASSPORT_NOT_FOUND, PASSPORT_NOT_CERTIFIED. */
export async function shellFor(ctx: PublicCtx, epc: string): Promise<Result<JsonObject>> {
  const found = await certified(ctx, epc);
  if (!found.ok) return found;
  const { passport, credential } = found.value;
  const { publicUrl } = ctx.app.config;
  return ok(
    shellOf({
      facts: passport.document.facts,
      link: `${publicUrl}${keyPath(epc) ?? pagePath(epc)}`,
      passportUrl: String(credential.credential.id),
      isActive: credential.revoked_at === null,
      updatedAt: passport.updated_at.toISOString(),
    }),
  );
}

async function certified(ctx: PublicCtx, epc: string) {
  const passport = await repo.publicPassport(ctx, epc);
  if (!passport) return err(passportErrors.PASSPORT_NOT_FOUND());
  const credential = await repo.publicCredentialOf(ctx, passport);
  return credential ? ok({ passport, credential }) : err(passportErrors.PASSPORT_NOT_CERTIFIED());
}
