import {
  Button,
  ChoiceField,
  formatQuantity,
  type IconName,
  PhotoCapture,
  SelectField,
  StatusTag,
  TextField,
  useAct,
  useLang,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { BigNumber, Keys } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import type { z } from 'zod';
import { type Damage, DamageMode, recordLine, Stream } from '../contract.ts';
import type { Line, LineOutcome } from './words.tsx';

type Answer = Exclude<LineOutcome, 'pending'>;
type Hurt = z.output<typeof Damage>;

const ANSWERS: readonly { value: Answer; icon: IconName; tone: 'good' | 'decide' | 'bad' }[] = [
  { value: 'found', icon: 'check', tone: 'good' },
  { value: 'missing', icon: 'minus', tone: 'decide' },
  { value: 'broken', icon: 'close', tone: 'bad' },
  { value: 'unknown', icon: 'info', tone: 'decide' },
];

/** One position: four keys answer it at once; weight, count, stream and damage come after, if at all. */
export function TeardownLine({ teardownId, line }: { teardownId: string; line: Line }) {
  const t = useTexts('dismantling');
  const say = useSay();
  const lang = useLang();
  const [isOpen, setOpen] = useState(false);
  const [sent, setSent] = useState<Answer>();
  const record = useAct(recordLine, { offline: true });
  const shown = sent ?? (line.outcome === 'pending' ? undefined : line.outcome);
  const answer = async (outcome: Answer) => {
    setSent(outcome);
    if (outcome === 'broken') setOpen(true);
    const { pos, stream } = line;
    const damages = outcome === 'missing' || outcome === 'left' ? [] : line.damages;
    const done = await record.run({
      params: { teardownId },
      body: { pos, outcome, stream, damages },
    });
    if (done.state !== 'waiting') setSent(undefined);
  };
  return (
    <li className="z-dis-line">
      <div className="z-dis-line-head">
        <div>
          <strong>
            {say(line.part.name)} ×{line.expectedQty}
          </strong>{' '}
          <small>{line.part.number}</small>
        </div>
        <StatusTag tone="idle">{t(`policy.${line.policy}`)}</StatusTag>
      </div>
      <Keys
        label={say(line.part.name)}
        value={shown}
        onChange={(v) => void answer(v)}
        choices={ANSWERS.map((a) => ({ ...a, label: t(`outcome.${a.value}`) }))}
      />
      {shown && shown !== 'missing' && shown !== 'left' ? (
        <div className="z-dis-line-foot">
          <span className="z-num">
            {line.foundQty} × · {formatQuantity(line.massG, 'GRM', lang)}
            {line.massMeasured ? '' : ` ${t('teardown.reckoned')}`}
            {line.damages.length > 0
              ? ` · ${t('teardown.damages', { n: line.damages.length })}`
              : ''}
          </span>
          <Button size="small" icon="edit" pressed={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('teardown.detail')}
          </Button>
        </div>
      ) : null}
      {isOpen &&
      line.outcome !== 'pending' &&
      line.outcome !== 'missing' &&
      line.outcome !== 'left' ? (
        <Detail
          key={`${line.outcome} ${line.foundQty} ${line.massG} ${line.damages.length}`}
          teardownId={teardownId}
          line={line}
          outcome={line.outcome}
          onSaved={() => setOpen(false)}
        />
      ) : null}
    </li>
  );
}

function Detail(props: { teardownId: string; line: Line; outcome: Answer; onSaved: () => void }) {
  const t = useTexts('dismantling');
  const { teardownId, line, outcome } = props;
  const [qty, setQty] = useState<string | undefined>(String(line.foundQty));
  const [grams, setGrams] = useState<string | undefined>(
    line.massMeasured ? String(line.massG) : undefined,
  );
  const [stream, setStream] = useState(line.stream);
  const [mode, setMode] = useState<Hurt['mode'] | undefined>(
    outcome === 'broken' && line.damages.length === 0 ? 'fracture' : undefined,
  );
  const [cause, setCause] = useState<NonNullable<Hurt['cause']>>('before');
  const [place, setPlace] = useState<string>();
  const [photo, setPhoto] = useState<string>();
  const save = useAct(recordLine, { said: t('teardown.saved'), onDone: props.onSaved });
  const damages: Hurt[] = [
    ...line.damages,
    ...(mode ? [{ mode, cause, ...(place ? { place } : {}), ...(photo ? { photo } : {}) }] : []),
  ];
  return (
    <>
      {line.expectedQty > 1 || line.extra ? (
        <BigNumber label={t('teardown.count')} min={1} value={qty} onChange={setQty} />
      ) : null}
      <BigNumber
        label={t('teardown.mass')}
        unit="GRM"
        step={line.pieceG > 0 && line.pieceG < 50 ? 1 : 10}
        value={grams}
        onChange={setGrams}
      />
      <SelectField
        label={t('field.stream')}
        choices={Stream.options.map((value) => ({ value, label: t(`stream.${value}`) }))}
        value={stream}
        onChange={(v) => setStream(v ?? 'parts')}
      />
      <SelectField
        label={t('damage.mode')}
        placeholder={t('damage.none')}
        choices={DamageMode.options.map((value) => ({ value, label: t(`damage.${value}`) }))}
        value={mode}
        onChange={setMode}
      />
      {mode ? (
        <>
          <ChoiceField
            label={t('damage.cause')}
            choices={(['before', 'dismantling'] as const).map((value) => ({
              value,
              label: t(`damage.causes.${value}`),
            }))}
            value={cause}
            onChange={(v) => setCause(v ?? 'before')}
          />
          <TextField label={t('damage.place')} required={false} value={place} onChange={setPlace} />
          <PhotoCapture
            label={t('damage.photo')}
            sha256={photo}
            onStored={(f) => setPhoto(f.sha256)}
          />
        </>
      ) : null}
      <Button
        kind="primary"
        size="large"
        isBusy={save.isBusy}
        onClick={() =>
          void save.run({
            params: { teardownId },
            body: {
              ...{ pos: line.pos, outcome, stream, damages, foundQty: Number(qty ?? 1) },
              ...(grams === undefined ? {} : { massG: Number(grams) }),
            },
          })
        }
      >
        {t('teardown.save')}
      </Button>
    </>
  );
}
