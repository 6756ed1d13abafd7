import { useTexts } from '../i18n/language.ts';
import { EmptyState } from '../parts/state.tsx';
import { TaskKey } from '../parts/task.tsx';
import type { ScanState } from './scan-go.ts';

/** What a scan found when it was not exactly one thing. */
export function ScanAnswer({ state }: { state: ScanState }) {
  const t = useTexts('kit');
  const { code, targets } = state;
  if (!targets || code === undefined) return null;
  if (targets.length === 0) {
    return (
      <div role="alert">
        <EmptyState icon="search" title={t('scan.unknown', { code })}>
          {t('scan.unknownNext')}
        </EmptyState>
      </div>
    );
  }
  return (
    <section className="z-stack" style={{ gap: 8 }}>
      <h2>{t('scan.choose', { code })}</h2>
      {targets.map((target) => (
        <TaskKey key={target.label} title={target.label} to={target} />
      ))}
    </section>
  );
}
