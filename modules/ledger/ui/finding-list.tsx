import { Code, useSay } from '@zaizao/platform/ui';
import type { Finding } from '../contract.ts';

/** What a verification found wrong, each with its place. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const say = useSay();
  if (findings.length === 0) return null;
  return (
    <ul className="z-ledger-findings">
      {findings.map((f) => (
        <li key={`${f.code} ${f.seq} ${f.logIndex} ${f.message.en}`}>
          <Code>{f.code}</Code> {say(f.message)}
        </li>
      ))}
    </ul>
  );
}
