import { useEffect, useRef, useState } from 'react';
import { Problem } from '../client/problem.ts';
import { kitText, useTexts } from '../i18n/language.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Icon } from './icon.tsx';
import { notify } from './notices.tsx';
import { fileAddress, type StoredFile, storePicture } from './photo-store.ts';
import { shrinkPhoto } from './shrink-photo.ts';

/** A stored photo; opens large on a press. `alt` says what is seen. */
export function Photo(props: {
  sha256: string;
  alt: string;
  size?: number;
  onRemove?: () => void;
}) {
  const t = useTexts('kit');
  const [isOpen, setOpen] = useState(false);
  const { sha256, alt, size = 96 } = props;
  return (
    <span className="z-photo" style={{ width: size, height: size }}>
      <button type="button" onClick={() => setOpen(true)} aria-label={`${t('photo.open')} ${alt}`}>
        <img src={fileAddress(sha256)} alt={alt} loading="lazy" />
      </button>
      {props.onRemove ? (
        <button
          type="button"
          className="z-photo-remove"
          aria-label={`${t('photo.remove')} ${alt}`}
          onClick={props.onRemove}
        >
          <Icon name="close" size={16} />
        </button>
      ) : null}
      <Dialog open={isOpen} title={alt} wide onClose={() => setOpen(false)}>
        <img className="z-photo-large" src={fileAddress(sha256)} alt={alt} />
      </Dialog>
    </span>
  );
}

/**
 * Takes a photo (the phone's camera opens at once) or a picture file, makes it no larger than
 * needed, and stores it. Until the store has it, the picture is shown as under way; without a
 * network it waits in line like every act.
 */
export function PhotoCapture(props: {
  label: string;
  /** What the picture should show, e.g. "the nameplate, straight on". */
  hint?: string;
  sha256?: string | undefined;
  onStored: (file: StoredFile) => void;
  onRemove?: () => void;
  /** `environment` (default) is the camera that looks away from the person. */
  facing?: 'environment' | 'user';
}) {
  const t = useTexts('kit');
  const input = useRef<HTMLInputElement>(null);
  const [pending, setPending] = useState<{ blob: Blob; url: string; failed: boolean }>();
  useEffect(() => () => (pending ? URL.revokeObjectURL(pending.url) : undefined), [pending]);

  const store = async (blob: Blob) => {
    setPending({ blob, url: URL.createObjectURL(blob), failed: false });
    try {
      props.onStored(await storePicture(blob, props.label));
      setPending(undefined);
    } catch (e) {
      setPending({ blob, url: URL.createObjectURL(blob), failed: true });
      notify({ kind: 'bad', text: e instanceof Problem ? e.message : kitText('photo.failed') });
    }
  };

  return (
    <div className="z-capture">
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture={props.facing ?? 'environment'}
        hidden
        onChange={async (e) => {
          const file = e.target.files?.[0];
          e.target.value = '';
          if (file) await store(await shrinkPhoto(file));
        }}
      />
      {props.sha256 && !pending ? (
        <Photo
          sha256={props.sha256}
          alt={props.label}
          size={128}
          {...(props.onRemove ? { onRemove: props.onRemove } : {})}
        />
      ) : null}
      {pending ? (
        <span className="z-photo z-photo-pending" style={{ width: 128, height: 128 }}>
          <img src={pending.url} alt={props.label} />
          {pending.failed ? (
            <button type="button" onClick={() => void store(pending.blob)}>
              <Icon name="offline" /> {t('act.retry')}
            </button>
          ) : (
            <span role="status">
              <span className="z-spin" /> {t('photo.storing')}
            </span>
          )}
        </span>
      ) : null}
      <div>
        <Button icon="camera" onClick={() => input.current?.click()}>
          {props.sha256 ? t('photo.again', { label: props.label }) : props.label}
        </Button>
        {props.hint ? <p className="z-field-hint">{props.hint}</p> : null}
      </div>
    </div>
  );
}
