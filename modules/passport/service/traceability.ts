import type { PublicCtx } from '@zaizao/platform/http';
import { err, type Result } from '@zaizao/platform/kernel';
import { type Disclosure, isObject, type JsonObject, type JsonValue } from '@zaizao/tlog';
import { type CredentialForm, passportErrors } from '../contract.ts';
import { contextsOf, DTE_CONTEXT } from '../domain/contexts.ts';
import { traceabilityEventOf } from '../domain/traceability.ts';
import * as repo from '../repo.ts';
import { signAgain } from './forms.ts';

/**
 * The public part of the events of a passport as one UNTP traceability credential, signed when it is
 * asked for by the key that signed the passport. It says what was public at that time and has no status:
 * the passport has. Refusals: PASSPORT_NOT_FOUND, PASSPORT_NOT_CERTIFIED, PASSPORT_FORM_UNAVAILABLE.
 */
export async function traceabilityOf(
  ctx: PublicCtx,
  epc: string,
  form: CredentialForm = 'jcs',
): Promise<Result<JsonObject | string>> {
  const passport = await repo.publicPassport(ctx, epc);
  if (!passport) return err(passportErrors.PASSPORT_NOT_FOUND());
  const row = await repo.publicCredentialOf(ctx, passport);
  if (!row) return err(passportErrors.PASSPORT_NOT_CERTIFIED());
  const events = (await repo.publicDisclosures(ctx, passport))
    .map(({ event_id, opened }) => traceabilityEventOf(fieldsIn(event_id, opened)))
    .filter((event) => event !== undefined)
    .sort((a, b) => Date.parse(String(a.eventTime)) - Date.parse(String(b.eventTime)));
  if (events.length === 0) return err(passportErrors.PASSPORT_NOT_LOGGED_YET());
  const { issuer, proof } = row.credential;
  const { verificationMethod = '' } = proof as Record<string, string>; // addProof wrote it
  const content: JsonObject = {
    '@context': contextsOf(DTE_CONTEXT),
    id: `${ctx.app.config.publicUrl}/api/v1/passport/events?epc=${encodeURIComponent(epc)}`,
    type: ['DigitalTraceabilityEvent', 'VerifiableCredential'],
    ...(issuer === undefined ? {} : { issuer }),
    validFrom: passport.updated_at.toISOString(),
    credentialSubject: events,
  };
  return signAgain(ctx, passport.org_id, content, {
    form,
    method: verificationMethod,
    created: passport.updated_at.toISOString(),
  });
}

/** The fields of an event that a disclosure opens. */
function fieldsIn(eventID: string, { groups, lists }: Disclosure): JsonObject {
  return Object.assign(
    { eventID },
    ...groups.map(({ name, value }) => fieldsOf(name, value)),
    ...lists.map(({ name, elements }) => ({ [name]: elements.map(({ value }) => value) })),
  );
}

/** Most groups hold an object of their fields; extension fields are a group each. */
function fieldsOf(name: string, value: JsonValue): JsonObject {
  if (name.startsWith('ext:')) return { [name.slice(4)]: value };
  return isObject(value) ? value : {};
}
