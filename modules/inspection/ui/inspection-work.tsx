import {
  Button,
  Row,
  Section,
  StatusTag,
  TextField,
  useAct,
  useAddress,
  useMay,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { FloorPage, Keys } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { decideDisposition, recordMeasurements, recordVisual } from '../contract.ts';
import { MeasuredRow, type Typed } from './measured-row.tsx';
import { Ndt } from './ndt.tsx';
import { DECISIONS, type Decision, type Shown } from './words.tsx';

const ICONS = { reuse: 'check', remanufacture: 'wrench', recycle: 'recycle' } as const;

/** The open inspection: values coloured while typed, tests, the look, what is proposed and decided. */
export function InspectionWork({ view }: { view: Shown }) {
  const t = useTexts('inspection');
  const say = useSay();
  const [, change] = useAddress();
  const [typed, setTyped] = useState<Readonly<Record<string, Typed>>>({});
  const measure = useAct(recordMeasurements, { said: t('measure.saved') });
  const unsaved = view.rows.flatMap((r) => {
    const x = typed[r.id];
    return x?.value !== undefined && x.value !== r.value ? [{ row: r, ...x }] : [];
  });
  const save = async () => {
    if (unsaved.length === 0) return true;
    const done = await measure.run({
      params: { inspectionId: view.id },
      body: {
        values: unsaved.map(({ row, value, instrumentId }) => ({
          ...{ characteristicId: row.id, value: value ?? '', unit: row.unit },
          ...(row.instrumentKind && instrumentId ? { instrumentId } : {}),
        })),
      },
    });
    if (done.state === 'done') setTyped({});
    return done.state === 'done';
  };
  const left = view.rows.filter((r) => r.value === undefined && typed[r.id]?.value === undefined);
  return (
    <FloorPage
      title={`${view.component.code} ${say(view.component.part.name)}`}
      note={t('inspect.of', { code: view.code, core: view.component.coreCode, round: view.round })}
      actions={
        unsaved.length > 0 ? (
          <Button
            kind="primary"
            size="large"
            wide
            icon="check"
            isBusy={measure.isBusy}
            onClick={() => void save()}
          >
            {t('measure.save', { n: unsaved.length })}
          </Button>
        ) : null
      }
    >
      <Section
        title={t('measure.title')}
        {...(left.length > 0 ? { note: t('measure.left', { n: left.length }) } : {})}
        flush
      >
        {view.rows.length === 0 ? <p className="z-note">{t('measure.none')}</p> : null}
        <ol className="z-insp-rows">
          {view.rows.map((row) => (
            <MeasuredRow
              key={row.id}
              row={row}
              typed={typed[row.id]}
              onChange={(x) => setTyped((before) => ({ ...before, [row.id]: x }))}
            />
          ))}
        </ol>
      </Section>
      <Ndt view={view} />
      <Look view={view} />
      <Decide view={view} hasUnsaved={unsaved.length > 0} />
      <Button kind="quiet" onClick={() => change({ inspection: undefined, component: undefined })}>
        {t('act.back')}
      </Button>
    </FloorPage>
  );
}

function Look({ view }: { view: Shown }) {
  const t = useTexts('inspection');
  const [isBad, setBad] = useState(!view.visualGood);
  const [note, setNote] = useState(view.visualNote);
  const record = useAct(recordVisual, { said: t('visual.saved') });
  const params = { inspectionId: view.id };
  const send = (good: boolean) =>
    void record.run({ params, body: { good, ...(!good && note ? { note } : {}) } });
  return (
    <Section title={t('visual.title')}>
      <Keys
        label={t('visual.title')}
        value={isBad ? 'bad' : 'good'}
        onChange={(v) => {
          setBad(v === 'bad');
          send(v === 'good');
        }}
        choices={[
          { value: 'good', label: t('visual.good'), icon: 'check', tone: 'good' },
          { value: 'bad', label: t('visual.bad'), icon: 'close', tone: 'bad' },
        ]}
      />
      {isBad ? (
        <Row>
          <TextField label={t('visual.note')} required={false} value={note} onChange={setNote} />
          <Button isBusy={record.isBusy} onClick={() => send(false)}>
            {t('visual.save')}
          </Button>
        </Row>
      ) : null}
    </Section>
  );
}

/** The rule's proposal in full view; another decision needs its reason. */
function Decide({ view, hasUnsaved }: { view: Shown; hasUnsaved: boolean }) {
  const t = useTexts('inspection');
  const say = useSay();
  const may = useMay();
  const { proposal } = view;
  const [chosen, setChosen] = useState<Decision>();
  const [reason, setReason] = useState<string>();
  const decide = useAct(decideDisposition, { refreshes: ['dismantling'] });
  const decision = chosen ?? proposal.disposition;
  const differs = decision !== proposal.disposition;
  const unmeasured = view.rows.filter((r) => r.value === undefined).length;
  const isHard = proposal.rule === 'crack' || proposal.rule === 'always-replace';
  const isBlocked = hasUnsaved || (unmeasured > 0 && decision !== 'recycle');
  return (
    <Section title={t('decide.title')}>
      <div className="z-insp-decide">
        <Verdict
          tone={proposal.disposition === 'reuse' ? 'good' : 'decide'}
          title={t(`decision.${proposal.disposition}`)}
        >
          {t('decide.because', { reason: say(proposal.reason) })}
          {unmeasured > 0 && !isHard ? (
            <>
              {' '}
              <StatusTag tone="busy">{t('decide.soFar', { n: unmeasured })}</StatusTag>
            </>
          ) : null}
        </Verdict>
        {may('inspection.disposition:decide') ? (
          <>
            <Keys
              label={t('decide.title')}
              value={decision}
              onChange={setChosen}
              choices={DECISIONS.map((value) => ({
                value,
                label: t(`decision.${value}`),
                icon: ICONS[value],
                tone:
                  value === 'reuse'
                    ? ('good' as const)
                    : value === 'remanufacture'
                      ? ('decide' as const)
                      : ('idle' as const),
                disabled: value === 'reuse' && isHard,
              }))}
            />
            {differs ? (
              <TextField
                label={t('decide.reason')}
                hint={t('decide.reasonHint')}
                lines={2}
                value={reason}
                onChange={setReason}
              />
            ) : null}
            {isBlocked ? (
              <p className="z-note">
                {hasUnsaved ? t('decide.saveFirst') : t('decide.measureFirst', { n: unmeasured })}
              </p>
            ) : null}
            <Button
              kind="primary"
              size="large"
              wide
              icon="flag"
              disabled={isBlocked || (differs && !reason)}
              isBusy={decide.isBusy}
              onClick={() =>
                void decide.run({
                  params: { inspectionId: view.id },
                  body: {
                    disposition: decision,
                    ...(differs && reason ? { overrideReason: reason } : {}),
                  },
                })
              }
            >
              {t('decide.now', { what: t(`decision.${decision}`) })}
            </Button>
          </>
        ) : (
          <p className="z-note">{t('decide.notYours')}</p>
        )}
      </div>
    </Section>
  );
}
