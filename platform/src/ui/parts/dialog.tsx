import { type ReactNode, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useTexts } from '../i18n/language.ts';
import { Button } from './button.tsx';

/**
 * A dialog by the browser's own `<dialog>`: focus stays inside, Escape closes, the page behind is
 * inert. `side` slides in from the right in the office; on a phone it always rises from below.
 */
export function Dialog(props: {
  open: boolean;
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  side?: boolean;
  wide?: boolean;
  /** Stands at the end of the page, so that a form in it is not inside the form that opened it. */
  detached?: boolean;
}) {
  const t = useTexts('kit');
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  const { open } = props;
  useEffect(() => {
    const dialog = element.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  const shown = (
    <dialog
      ref={element}
      className={`z-dialog${props.side ? ' z-dialog-side' : ''}${props.wide ? ' z-dialog-wide' : ''}`}
      aria-labelledby={id}
      onClose={props.onClose}
      onCancel={(e) => {
        e.preventDefault();
        props.onClose();
      }}
    >
      {open ? (
        <>
          <header>
            <h2 id={id}>{props.title}</h2>
            <Button kind="quiet" icon="close" iconOnly onClick={props.onClose}>
              {t('act.close')}
            </Button>
          </header>
          <div className="z-dialog-body">{props.children}</div>
          {props.footer ? <footer>{props.footer}</footer> : null}
        </>
      ) : null}
    </dialog>
  );
  return props.detached ? createPortal(shown, document.body) : shown;
}

/** Asks before what cannot be taken back. `children` says what will happen. */
export function Confirm(props: {
  open: boolean;
  title: ReactNode;
  children: ReactNode;
  confirm: string;
  isBusy?: boolean;
  danger?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const t = useTexts('kit');
  return (
    <Dialog
      open={props.open}
      title={props.title}
      onClose={props.onClose}
      footer={
        <>
          <Button onClick={props.onClose}>{t('act.cancel')}</Button>
          <Button
            kind={props.danger ? 'danger' : 'primary'}
            isBusy={props.isBusy ?? false}
            onClick={props.onConfirm}
          >
            {props.confirm}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  );
}
