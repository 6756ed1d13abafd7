import { type Checkpoint, type JsonObject, TlogError, type VerifiedDisclosure } from '@zaizao/tlog';
import { BUNDLE_CHECKS, type BundleCheckId } from './bundle-checks.ts';
import type { PassportBundle } from './bundle-format.ts';
import { BUNDLE_STEPS, type BundleOptions, type Finding, type Progress } from './bundle-steps.ts';
import { CredentialError } from './fault.ts';

export interface BundleCheck {
  readonly id: BundleCheckId;
  /** False if the check failed. */
  readonly ok: boolean;
  /** True if there was nothing to check it against, or an earlier check failed. */
  readonly skipped: boolean;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly detail: string;
}

/** An event as far as it was shown, checked against the log. */
export interface BundleEventView
  extends Pick<VerifiedDisclosure, 'event' | 'complete' | 'withheld'> {
  readonly index: number;
  /** The organisation that captured it, by the log entry. */
  readonly organisation: string;
  /** True when it declares an earlier event to be in error, even if its text is withheld. */
  readonly isErrorDeclaration: boolean;
}

export interface BundleVerdict {
  /** True when no check failed. Look at `skipped` for what was not checked. */
  readonly ok: boolean;
  readonly checks: readonly BundleCheck[];
  /** The first check that failed. */
  readonly failed: BundleCheck | null;
  /** Verified content; null or empty where the check behind it failed. Show nothing else. */
  readonly credential: JsonObject | null;
  readonly issuer: string | null;
  readonly checkpoint: Checkpoint | null;
  readonly events: readonly BundleEventView[];
  /** Events of the thing that the log has and the bundle keeps back. */
  readonly withheldEvents: number;
}

/**
 * Verifies a passport bundle with nothing but its own bytes and the keys given: credential, log,
 * events, and that no event of the thing was left out. The same function serves the page in the
 * browser and the command line. Never throws on what it is given; the first failing check is named.
 */
export async function verifyBundle(
  bundle: PassportBundle | string,
  options: BundleOptions,
): Promise<BundleVerdict> {
  const progress: Progress = { usedKeys: new Set() };
  const checks: BundleCheck[] = [];
  const blocked = new Set<BundleCheckId>();
  for (const { id, needs, titleZh, titleEn } of BUNDLE_CHECKS) {
    const blocker = needs.find((need) => blocked.has(need));
    const finding: Finding =
      blocker === undefined
        ? await guarded(() => BUNDLE_STEPS[id](progress, bundle, options))
        : { detail: `not reached: "${blocker}" did not pass`, skipped: true };
    const ok = !('fault' in finding);
    if (!ok || blocker !== undefined) blocked.add(id);
    checks.push({
      id,
      ok,
      skipped: ok && (finding.skipped ?? false),
      titleZh,
      titleEn,
      detail: ok ? finding.detail : finding.fault,
    });
  }
  const failed = checks.find(({ ok }) => !ok) ?? null;
  const shown = new Set((progress.included ?? []).map(({ index }) => index));
  return {
    ok: failed === null,
    checks,
    failed,
    credential: progress.verified?.credential ?? null,
    issuer: progress.verified?.issuer ?? null,
    checkpoint: progress.checkpoint ?? null,
    events: (progress.disclosed ?? []).map(({ index, leaf, event, complete, withheld }) => ({
      index,
      organisation: leaf.organisation,
      isErrorDeclaration: leaf.isErrorDeclaration,
      event,
      complete,
      withheld,
    })),
    withheldEvents: new Set(
      (progress.histories ?? []).flatMap(({ entries }) =>
        entries.map(({ index }) => index).filter((index) => !shown.has(index)),
      ),
    ).size,
  };
}

async function guarded(check: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof CredentialError || error instanceof TlogError) {
      return { fault: error.message };
    }
    throw error;
  }
}
