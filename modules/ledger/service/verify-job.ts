import { defineJob } from '@zaizao/platform/jobs';
import { ok, text } from '@zaizao/platform/kernel';
import { verifyLedger } from './verify.ts';

/** Verification of one organisation's ledger in the background, with progress and cancel. */
export const verifyJob = defineJob<{ org: number; deep: boolean }>({
  kind: 'ledger.verify',
  handle: async ({ app, signal, progress }, { org, deep }) => {
    const tell = (done: number, total: number) =>
      progress(
        total === 0 ? 1 : done / total,
        text(`已验证 ${done} / ${total} 个事件`, `${done} of ${total} events verified`),
      );
    return ok(await verifyLedger(app, { deep, org, signal, onProgress: tell }));
  },
});
