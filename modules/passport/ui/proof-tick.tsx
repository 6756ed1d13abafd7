import { Button, Dialog, formatNumber, Icon, useLang, useTexts } from '@zaizao/platform/ui';
import { lazy, Suspense, useState } from 'react';
import type { Proof } from './proof.ts';
import type { ProofState } from './use-proof.ts';

const CheckSheet = lazy(() => import('./check-sheet.tsx'));
const TamperSheet = lazy(() => import('./tamper-sheet.tsx'));

/** The tick: verified on this phone just now; a press shows how, another lets one try to cheat. */
export function ProofTick({ state, stage }: { state: ProofState; stage: string }) {
  const t = useTexts('passport');
  const [sheet, setSheet] = useState<'how' | 'tamper'>();
  if (stage === 'making') {
    return (
      <Tick tone="decide" icon="clock" title={t('tick.making')}>
        {t('tick.makingNote')}
      </Tick>
    );
  }
  if (state.state === 'working') {
    return (
      <Tick tone="idle" title={t('tick.working')}>
        {t('tick.workingNote')}
      </Tick>
    );
  }
  if (state.state === 'absent') {
    return (
      <Tick tone="decide" icon="warn" title={t('tick.absent')}>
        {state.reason}
      </Tick>
    );
  }
  const close = () => setSheet(undefined);
  return (
    <>
      <Outcome proof={state.proof} />
      <div className="z-passport-tick-acts">
        <Button icon="eye" onClick={() => setSheet('how')}>
          {t('tick.how')}
        </Button>
        <Button icon="edit" onClick={() => setSheet('tamper')}>
          {t('tick.tamper')}
        </Button>
      </div>
      <Dialog open={sheet === 'how'} title={t('tick.how')} wide onClose={close}>
        <Suspense fallback={null}>
          <CheckSheet proof={state.proof} />
        </Suspense>
      </Dialog>
      <Dialog open={sheet === 'tamper'} title={t('tamper.title')} wide onClose={close}>
        <Suspense fallback={null}>
          <TamperSheet bundle={state.bundle} />
        </Suspense>
      </Dialog>
    </>
  );
}

function Outcome({ proof }: { proof: Proof }) {
  const t = useTexts('passport');
  const lang = useLang();
  const { verdict, isPage } = proof;
  if (verdict.failed) {
    const title = lang === 'zh' ? verdict.failed.titleZh : verdict.failed.titleEn;
    return (
      <Tick tone="bad" icon="close" title={t('tick.failed')}>
        {t('tick.failedAt', { check: title })}
      </Tick>
    );
  }
  if (isPage === false) {
    return (
      <Tick tone="bad" icon="close" title={t('tick.failed')}>
        {t('tick.failedAt', { check: t('check.page') })}
      </Tick>
    );
  }
  return (
    <Tick tone="good" icon="check" title={t('tick.verified')}>
      {t('tick.verifiedNote', {
        events: String(verdict.events.length),
        ms: formatNumber(Math.max(1, Math.round(proof.took)), lang),
      })}
    </Tick>
  );
}

function Tick(props: {
  tone: 'good' | 'bad' | 'decide' | 'idle';
  icon?: 'check' | 'close' | 'warn' | 'clock';
  title: string;
  children: string;
}) {
  return (
    <div className={`z-passport-tick z-tone-${props.tone}`} role="status" aria-live="polite">
      <span className="z-passport-tick-mark">
        {props.icon ? <Icon name={props.icon} size={26} /> : <span className="z-spin" />}
      </span>
      <div>
        <p className="z-passport-tick-title">{props.title}</p>
        <p>{props.children}</p>
      </div>
    </div>
  );
}
