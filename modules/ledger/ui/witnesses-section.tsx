import {
  Button,
  Code,
  Confirm,
  Dialog,
  Facts,
  FormFrame,
  JobProgress,
  Num,
  NumberField,
  type Output,
  Reading,
  Row,
  Section,
  Stack,
  StatusTag,
  TextField,
  Time,
  useAct,
  useForm,
  useMay,
  useRead,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import {
  addWitness,
  getWitnesses,
  removeWitness,
  rotateLogKey,
  setLogPolicy,
  unwatchLog,
  watchLog,
} from '../contract.ts';

type View = Output<typeof getWitnesses>;
type Open = 'witness' | 'log' | 'policy' | 'key' | undefined;

/** Who cosigns our log, whose logs we cosign, and the keys of the log. */
export function WitnessesSection() {
  const t = useTexts('ledger');
  const found = useRead(getWitnesses, {}, { every: 15_000 });
  return (
    <Section title={t('witness.title')} note={t('witness.note')}>
      <Reading of={found}>{(view) => <Witnesses view={view} />}</Reading>
    </Section>
  );
}

function Witnesses({ view: v }: { view: View }) {
  const t = useTexts('ledger');
  const may = useMay();
  const [open, setOpen] = useState<Open>();
  const mayManage = v.mayManage && may('ledger.log:manage');
  const close = () => setOpen(undefined);
  return (
    <Stack>
      <Standing view={v} />
      <Facts
        rows={[
          [t('witness.quorum'), t('witness.quorumOf', { k: v.quorum, n: v.witnesses.length })],
          [
            t('witness.wait'),
            v.waitMinutes === undefined
              ? t('witness.waitEver')
              : t('witness.waitMinutes', { n: v.waitMinutes }),
          ],
          [t('witness.ownKey'), <Code key="k">{v.own.verifierKey}</Code>],
          [t('witness.ownUrl'), <Code key="u">{v.own.url}</Code>],
        ]}
      />
      {mayManage ? (
        <Row>
          <Button icon="plus" onClick={() => setOpen('witness')}>
            {t('witness.add')}
          </Button>
          <Button onClick={() => setOpen('policy')}>{t('witness.policy')}</Button>
          <Button icon="eye" onClick={() => setOpen('log')}>
            {t('witness.watch')}
          </Button>
          <Button icon="key" onClick={() => setOpen('key')}>
            {t('witness.rotate')}
          </Button>
        </Row>
      ) : (
        <p>{v.mayManage ? null : t('witness.notOurs')}</p>
      )}
      <Table view={v} mayManage={mayManage} />
      <Watched view={v} mayManage={mayManage} />
      <Keys view={v} />
      {open === 'witness' ? <AddWitness onClose={close} /> : null}
      {open === 'log' ? <WatchLog onClose={close} /> : null}
      {open === 'policy' ? <Policy view={v} onClose={close} /> : null}
      {open === 'key' ? <Rotate onClose={close} /> : null}
    </Stack>
  );
}

/** What the world is shown, and whether something is amiss. */
function Standing({ view: v }: { view: View }) {
  const t = useTexts('ledger');
  const alarm = v.witnesses.find((w) => w.isAlarm);
  if (alarm) {
    return (
      <Verdict tone="bad" title={t('witness.alarm', { name: alarm.name })}>
        {alarm.failure}
      </Verdict>
    );
  }
  if (v.quorum === 0) {
    return (
      <Verdict tone="decide" title={t('witness.none')}>
        {t('witness.noneNext')}
      </Verdict>
    );
  }
  if (v.waitingSince) {
    return (
      <Verdict tone="decide" title={t('witness.waiting', { n: v.signed - v.shown })}>
        {t('witness.waitingNext')} <Time at={v.waitingSince} ago />
      </Verdict>
    );
  }
  if (v.isQuorumMet === false) {
    return (
      <Verdict tone="decide" title={t('witness.without')}>
        {t('witness.withoutNext')}
      </Verdict>
    );
  }
  return (
    <Verdict tone="good" title={t('witness.met', { k: v.shownWith ?? 0 })}>
      {t('witness.metNext')}
    </Verdict>
  );
}

function Table({ view: v, mayManage }: { view: View; mayManage: boolean }) {
  const t = useTexts('ledger');
  const remove = useAct(removeWitness, { said: t('share.saved') });
  if (v.witnesses.length === 0) return null;
  return (
    <div className="z-table-scroll">
      <table className="z-table">
        <thead>
          <tr>
            <th scope="col">{t('witness.name')}</th>
            <th scope="col">{t('witness.state')}</th>
            <th scope="col">{t('witness.seen')}</th>
            <th scope="col">{t('witness.answered')}</th>
            <th scope="col">{t('witness.url')}</th>
            <th scope="col" aria-label={t('witness.remove')} />
          </tr>
        </thead>
        <tbody>
          {v.witnesses.map((w) => (
            <tr key={w.name}>
              <td data-title={t('witness.name')}>
                <Code>{w.name}</Code>
              </td>
              <td data-title={t('witness.state')}>
                {w.failure ? (
                  <>
                    <StatusTag tone={w.isAlarm ? 'bad' : 'decide'}>{t('witness.away')}</StatusTag>{' '}
                    <small>{w.failure}</small>
                  </>
                ) : (
                  <StatusTag tone={w.answeredAt ? 'good' : 'idle'}>
                    {t(w.answeredAt ? 'witness.there' : 'witness.new')}
                  </StatusTag>
                )}
              </td>
              <td data-title={t('witness.seen')}>
                <Num value={w.seen} />
              </td>
              <td data-title={t('witness.answered')}>
                {w.answeredAt ? <Time at={w.answeredAt} ago /> : '—'}
              </td>
              <td data-title={t('witness.url')}>
                <Code>{w.url}</Code>
              </td>
              <td>
                {mayManage ? (
                  <Button
                    size="small"
                    isBusy={remove.isBusy}
                    onClick={() => void remove.run({ params: { name: w.name } })}
                  >
                    {t('witness.remove')}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Watched({ view: v, mayManage }: { view: View; mayManage: boolean }) {
  const t = useTexts('ledger');
  const drop = useAct(unwatchLog, { said: t('share.saved') });
  if (v.own.logs.length === 0) return null;
  return (
    <>
      <h3>{t('witness.watched')}</h3>
      <ul className="z-ledger-things">
        {v.own.logs.map((l) => (
          <li key={l.origin}>
            <Code>{l.origin}</Code> <Num value={l.size} />{' '}
            {l.cosignedAt ? <Time at={l.cosignedAt} ago /> : t('witness.new')}{' '}
            {mayManage ? (
              <Button
                size="small"
                isBusy={drop.isBusy}
                onClick={() => void drop.run({ params: { origin: l.origin } })}
              >
                {t('witness.remove')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}

function Keys({ view: v }: { view: View }) {
  const t = useTexts('ledger');
  return (
    <details className="z-ledger-details">
      <summary>{t('witness.keys', { n: v.keys.length })}</summary>
      <Facts
        rows={v.keys.map((k) => [
          k.until === undefined
            ? t('witness.keyFrom', { from: k.from })
            : t('witness.keyUntil', { from: k.from, until: k.until }),
          <Code key={k.verifierKey}>{k.verifierKey}</Code>,
        ])}
      />
    </details>
  );
}

function AddWitness({ onClose }: { onClose: () => void }) {
  const t = useTexts('ledger');
  const form = useForm(addWitness, { said: t('share.saved'), onDone: onClose });
  return (
    <Dialog open title={t('witness.add')} onClose={onClose}>
      <FormFrame form={form} submit={t('share.save')} cancel={onClose}>
        <TextField
          label={t('witness.key')}
          hint={t('witness.keyHint')}
          {...form.field('verifierKey')}
        />
        <TextField label={t('witness.url')} hint={t('witness.urlHint')} {...form.field('url')} />
      </FormFrame>
    </Dialog>
  );
}

function WatchLog({ onClose }: { onClose: () => void }) {
  const t = useTexts('ledger');
  const [text, setText] = useState('');
  const form = useForm(watchLog, {
    initial: { verifierKeys: [] },
    said: t('share.saved'),
    onDone: onClose,
  });
  return (
    <Dialog open title={t('witness.watch')} onClose={onClose}>
      <FormFrame form={form} submit={t('share.save')} cancel={onClose}>
        <TextField
          label={t('witness.logKeys')}
          hint={t('witness.logKeysHint')}
          lines={3}
          value={text}
          onChange={(value) => {
            setText(value ?? '');
            form.field('verifierKeys').onChange((value ?? '').split(/\s+/).filter((k) => k !== ''));
          }}
        />
      </FormFrame>
    </Dialog>
  );
}

function Policy({ view: v, onClose }: { view: View; onClose: () => void }) {
  const t = useTexts('ledger');
  const form = useForm(setLogPolicy, {
    initial: {
      quorum: v.quorum,
      ...(v.waitMinutes === undefined ? {} : { waitMinutes: v.waitMinutes }),
    },
    said: t('share.saved'),
    onDone: onClose,
  });
  return (
    <Dialog open title={t('witness.policy')} onClose={onClose}>
      <FormFrame form={form} submit={t('share.save')} cancel={onClose}>
        <NumberField
          label={t('witness.quorum')}
          hint={t('witness.quorumHint')}
          {...form.field('quorum')}
        />
        <NumberField
          label={t('witness.wait')}
          hint={t('witness.waitHint')}
          {...form.field('waitMinutes')}
        />
      </FormFrame>
    </Dialog>
  );
}

function Rotate({ onClose }: { onClose: () => void }) {
  const t = useTexts('ledger');
  const [jobId, setJobId] = useState<string>();
  const rotate = useAct(rotateLogKey);
  const start = async () => {
    const done = await rotate.run({});
    if (done.state === 'done') setJobId(done.value.jobId);
  };
  return (
    <Confirm
      open
      title={t('witness.rotate')}
      confirm={t('witness.rotate')}
      isBusy={rotate.isBusy || jobId !== undefined}
      onConfirm={() => void start()}
      onClose={onClose}
    >
      <p>{t('witness.rotateAsk')}</p>
      {jobId ? <JobProgress jobId={jobId} title={t('witness.rotate')} onDone={onClose} /> : null}
    </Confirm>
  );
}
