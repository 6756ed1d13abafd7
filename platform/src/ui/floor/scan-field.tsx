import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { useTexts } from '../i18n/language.ts';
import { Icon } from '../parts/icon.tsx';
import { WedgeListener } from './wedge.ts';
import './floor.css';

const Camera = lazy(() => import('./camera.tsx'));

/**
 * Takes a scanned code: a keyboard-wedge scanner is heard wherever the focus is, a number can be
 * typed, and the camera reads codes too. The field takes the focus back after each scan and when
 * the page returns, except from other fields. `onCode` gets the code as it stands on the label.
 */
export function ScanField(props: {
  onCode: (code: string) => void;
  label?: string;
  placeholder?: string;
  /** Say no code now (a dialog is open). */
  paused?: boolean;
  isBusy?: boolean;
  /** Do not take the focus: another field is what the person came for. */
  passive?: boolean;
}) {
  const t = useTexts('kit');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [isCameraOn, setCameraOn] = useState(false);
  const latest = useRef(props);
  latest.current = props;

  const take = (code: string) => {
    const clean = code.trim();
    setTyped('');
    if (!clean || latest.current.paused) return;
    navigator.vibrate?.(30);
    latest.current.onCode(clean);
  };
  const taking = useRef(take);
  taking.current = take;

  useEffect(() => {
    const wedge = new WedgeListener((code) => taking.current(code));
    const press = (e: KeyboardEvent) => {
      if (e.ctrlKey || e.altKey || e.metaKey || e.target === input.current) return;
      if (document.querySelector('dialog[open]')) return;
      if (wedge.press(e.key, e.timeStamp)) {
        e.preventDefault();
        e.stopPropagation();
      }
    };
    addEventListener('keydown', press, true);
    return () => removeEventListener('keydown', press, true);
  }, []);

  const { passive, paused } = props;
  useEffect(() => {
    if (passive || paused) return;
    const focus = () => {
      const at = document.activeElement;
      if (!at || at === document.body) input.current?.focus({ preventScroll: true });
    };
    focus();
    addEventListener('focus', focus);
    return () => removeEventListener('focus', focus);
  }, [passive, paused]);

  return (
    <div className="z-scan">
      <form
        className="z-scan-line"
        onSubmit={(e) => {
          e.preventDefault();
          take(typed);
        }}
      >
        <label className="z-hidden" htmlFor={id}>
          {props.label ?? t('scan.label')}
        </label>
        <Icon name="scan" size={24} />
        <input
          ref={input}
          id={id}
          // a screen keyboard would cover half the page; it opens on a second touch
          inputMode={typed ? 'text' : undefined}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          enterKeyHint="search"
          placeholder={props.placeholder ?? t('scan.placeholder')}
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
        />
        {props.isBusy ? <span className="z-spin" /> : null}
        <button
          type="button"
          className="z-scan-camera"
          aria-label={isCameraOn ? t('scan.cameraStop') : t('scan.camera')}
          aria-expanded={isCameraOn}
          onClick={() => setCameraOn(!isCameraOn)}
        >
          <Icon name={isCameraOn ? 'close' : 'camera'} size={24} />
        </button>
      </form>
      {isCameraOn ? (
        <Suspense fallback={<div className="z-camera" />}>
          <Camera
            onCode={(code) => {
              setCameraOn(false);
              take(code);
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
