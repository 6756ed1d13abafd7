import { useState } from 'react';
import { Problem } from '../client/problem.ts';
import { ProblemBox } from '../parts/state.tsx';
import { ScanField } from './scan-field.tsx';

/**
 * A scan field with what follows a scan: `onCode` looks the code up and acts on it; while it does the
 * field says so, and a refusal or a lost network stands below until the next scan.
 */
export function ScanTask(props: {
  onCode: (code: string) => Promise<void>;
  placeholder?: string;
  passive?: boolean;
  paused?: boolean;
}) {
  const { onCode, ...field } = props;
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const take = async (code: string) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onCode(code);
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      setProblem(e);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <ScanField {...field} isBusy={isBusy} onCode={(code) => void take(code)} />
      {problem ? <ProblemBox problem={problem} /> : null}
    </>
  );
}
