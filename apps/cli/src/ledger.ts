import { parseArgs } from 'node:util';
import { flushLog, verifyLedger } from '@zaizao/modules/ledger';
import { withInstallation } from './installation.ts';

/** `ledger verify [--deep]`: recomputes what is stored and compares it with what was signed. */
export async function ledgerCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      deep: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if (positionals[0] !== 'verify') {
    console.error('用法 / usage: ledger verify [--deep] [--json]');
    return 2;
  }
  return withInstallation(async (app) => {
    await flushLog(app);
    const report = await verifyLedger(app, { deep: values.deep });
    if (values.json) console.log(JSON.stringify(report));
    else {
      for (const f of report.findings)
        console.log(`✘ ${f.code}: ${f.message.zh} / ${f.message.en}`);
      const seconds = (report.milliseconds / 1000).toFixed(1);
      console.log(
        `${report.events} 个事件 / events, ${report.findings.length} 处异常 / findings, ${seconds} s`,
      );
    }
    return report.findings.length > 0 ? 1 : 0;
  });
}
