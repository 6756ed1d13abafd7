import type { App } from '@zaizao/platform/http';
import type { Verification } from '../contract.ts';
import { ledgers } from '../repo/verify.ts';
import { checkAudit } from './verify/audit.ts';
import { checkEvents } from './verify/events.ts';
import { checkHead, checkHistoryOfHeads, checkKept, checkMap } from './verify/heads.ts';
import { checkOrphans } from './verify/orphans.ts';
import { Run, type VerifyOptions } from './verify/run.ts';

/**
 * Checks stored events against the transparency log, and the log against what was signed. Reads in
 * short transactions, so the plant goes on working meanwhile. Clean data give no finding.
 */
export async function verifyLedger(app: App, options: VerifyOptions = {}): Promise<Verification> {
  const started = performance.now();
  const run = new Run(app, options);
  await run.read((tx) => checkHead(run, tx));
  await checkHistoryOfHeads(run);
  await checkKept(run);
  const states = await run.read((tx) => ledgers(tx, run.org));
  const total = states.reduce((sum, s) => sum + Number(s.last_seq), 0);
  for (const state of states) await checkEvents(run, state, total);
  if (run.deep) await checkOrphans(run, states);
  if (run.deep) await checkAudit(run);
  if (run.deep && run.org === undefined) await checkMap(run);
  return {
    ok: run.findings.length === 0,
    deep: run.deep,
    events: run.events,
    leaves: run.size,
    size: run.size,
    milliseconds: Math.round(performance.now() - started),
    findings: run.findings,
  };
}
