import { useEffect, useRef, useState } from 'react';
import { WedgeListener } from '../floor/wedge.ts';
import { useTexts } from '../i18n/language.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { ScanAnswer } from './scan-answer.tsx';
import { useScanGo } from './scan-go.ts';

/** Search by number from any office page: `/` puts the cursor here, a scanner needs no cursor. */
export function OfficeScan() {
  const t = useTexts('kit');
  const [typed, setTyped] = useState('');
  const [state, scan, clear] = useScanGo();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const wedge = new WedgeListener(scan);
    const press = (e: KeyboardEvent) => {
      const at = e.target;
      const inField = at instanceof HTMLElement && at.matches('input, textarea, select');
      if (inField || e.ctrlKey || e.altKey || e.metaKey || document.querySelector('dialog[open]'))
        return;
      if (wedge.press(e.key, e.timeStamp)) e.preventDefault();
      else if (e.key === '/') {
        e.preventDefault();
        input.current?.focus();
      }
    };
    addEventListener('keydown', press, true);
    return () => removeEventListener('keydown', press, true);
  }, [scan]);
  return (
    <>
      <form
        className="z-office-scan"
        onSubmit={(e) => {
          e.preventDefault();
          const code = typed.trim();
          setTyped('');
          if (code) scan(code);
        }}
      >
        <Icon name="search" size={18} />
        <input
          ref={input}
          aria-label={t('scan.label')}
          placeholder={t('scan.label')}
          autoComplete="off"
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
        />
        {state.isBusy ? <span className="z-spin" /> : <kbd>/</kbd>}
      </form>
      <Dialog open={state.targets !== undefined} title={t('scan.label')} onClose={clear}>
        <ScanAnswer state={state} />
      </Dialog>
    </>
  );
}
