import {
  Button,
  Dialog,
  Facts,
  formatNumber,
  Link,
  type Output,
  PermissionGate,
  Quantity,
  QuantityField,
  Reading,
  Section,
  SelectField,
  StatusTag,
  TextField,
  Time,
  useAct,
  useLang,
  useParam,
  useRead,
  useSession,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { OfficePage, PlainTable } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { getBalance, perm, recordOutflow } from '../contract.ts';
import { usePartName } from './words.tsx';

type Balance = Output<typeof getBalance>;
type StreamRow = Balance['streams'][number];
const KINDS = [
  'remanufactured',
  'sold',
  'metal',
  'shredded',
  'hazardous',
  'yard',
  'residue',
] as const;
type Kind = (typeof KINDS)[number];

/** Where the mass of a vehicle went: five streams, other materials, residue, to 100 % of its weight. */
export default function BalancePage() {
  const teardownId = useParam('teardownId');
  const found = useRead(getBalance, { params: { teardownId } });
  return <Reading of={found}>{(b) => <Shown b={b} />}</Reading>;
}

function Shown({ b }: { b: Balance }) {
  const t = useTexts('dismantling');
  const lang = useLang();
  const name = usePartName();
  const [leaving, setLeaving] = useState<StreamRow>();
  const pct = (n: number) => `${formatNumber(n, lang, 2)} %`;
  const total = b.streams.reduce((sum, s) => sum + s.pct, 0) + b.differencePct;
  return (
    <OfficePage
      title={t('balance.title', { code: b.core.code })}
      note={`${name(b.part)} ${b.core.vin ?? ''}`}
      up={{ to: '/office/teardowns', title: t('teardowns.title') }}
      actions={
        <Button icon="print" onClick={() => print()}>
          {t(b.closed ? 'balance.certificate' : 'study.print')}
        </Button>
      }
    >
      <Verdict
        tone={b.closed ? 'good' : 'decide'}
        title={t(b.closed ? 'balance.closed' : b.closes ? 'balance.closes' : 'balance.open')}
      >
        {t('balance.recovered', { pct: formatNumber(b.recoveredPct, lang, 1) })}
      </Verdict>
      <Section>
        <Facts
          rows={[
            [
              t('field.core'),
              <Link key="c" to="/office/cores/$coreId" params={{ coreId: b.core.id }}>
                {b.core.code}
              </Link>,
            ],
            [t('donor.vin'), b.core.vin],
            [t('field.code'), b.teardown.code],
            [t('teardown.weigh'), <Quantity key="w" value={b.wholeG / 1000} unit="KGM" />],
            [
              t('teardowns.difference'),
              <span key="d">
                <Quantity value={b.differenceG / 1000} unit="KGM" /> {pct(b.differencePct)}{' '}
                {b.explanation}
              </span>,
            ],
            [t('balance.total'), pct(total)],
          ]}
        />
      </Section>
      <Section title={t('balance.streams')} flush>
        <PlainTable
          rows={b.streams}
          rowKey={(s) => s.stream}
          columns={[
            { title: t('balance.stream'), cell: (s) => t(`stream.${s.stream}`) },
            {
              title: t('balance.mass'),
              end: true,
              cell: (s) => <Quantity value={s.massG / 1000} unit="KGM" />,
            },
            { title: t('balance.pct'), end: true, cell: (s) => pct(s.pct) },
            {
              title: t('balance.left'),
              end: true,
              cell: (s) => <Quantity value={s.leftG / 1000} unit="KGM" />,
            },
            {
              title: t('balance.here'),
              end: true,
              cell: (s) => <Quantity value={s.hereG / 1000} unit="KGM" />,
            },
            {
              title: t('balance.act'),
              className: 'z-dis-noprint',
              cell: (s) =>
                b.teardown.state === 'finished' && s.hereG > 0.5 ? (
                  <PermissionGate access={perm('dismantling.stream:record')}>
                    <Button size="small" onClick={() => setLeaving(s)}>
                      {t('balance.letOut')}
                    </Button>
                  </PermissionGate>
                ) : (
                  <StatusTag tone={s.hereG > 0.5 ? 'idle' : 'good'}>
                    {t(s.hereG > 0.5 ? 'teardowns.open' : 'balance.gone')}
                  </StatusTag>
                ),
            },
          ]}
        />
      </Section>
      <Outflows b={b} />
      {b.closed ? <Certificate b={b} /> : null}
      {leaving ? (
        <Dialog
          open
          title={`${t('balance.letOut')} · ${t(`stream.${leaving.stream}`)}`}
          onClose={() => setLeaving(undefined)}
          side
        >
          <LetOut
            teardownId={b.teardown.id}
            stream={leaving}
            onDone={() => setLeaving(undefined)}
          />
        </Dialog>
      ) : null}
    </OfficePage>
  );
}

/** The certificate of disposal: whose vehicle, taken apart by whom, and where its assemblies went. */
function Certificate({ b }: { b: Balance }) {
  const t = useTexts('dismantling');
  const lang = useLang();
  const { session } = useSession();
  const assemblies = b.outflows.filter((o) => o.stream === 'assemblies');
  const waste = b.outflows.filter((o) => o.kind === 'hazardous');
  const list = (rows: Balance['outflows']) =>
    rows
      .map((o) => `${t(`balance.kinds.${o.kind}`)} ${o.receiver} ${o.document}`.trim())
      .join(t('plan.sep')) || '—';
  return (
    <Section title={t('balance.certificateTitle')} note={t('balance.certificateNote')}>
      <Facts
        rows={[
          [t('balance.certificateNo'), `CZ-${b.teardown.code}`],
          [t('balance.certificateBy'), session.org?.name],
          [t('donor.vin'), b.core.vin],
          [t('teardown.weigh'), <Quantity key="w" value={b.wholeG / 1000} unit="KGM" />],
          [t('balance.certificateAssemblies'), list(assemblies)],
          [t('balance.certificateWaste'), list(waste)],
          [t('balance.certificateShare'), `${formatNumber(b.recoveredPct, lang, 1)} %`],
        ]}
      />
    </Section>
  );
}

function Outflows({ b }: { b: Balance }) {
  const t = useTexts('dismantling');
  if (b.outflows.length === 0) return null;
  return (
    <Section title={t('balance.outflows')} flush>
      <PlainTable
        rows={b.outflows}
        rowKey={(o) => o.id}
        columns={[
          { title: t('balance.stream'), cell: (o) => t(`stream.${o.stream}`) },
          { title: t('balance.kind'), cell: (o) => t(`balance.kinds.${o.kind}`) },
          {
            title: t('balance.mass'),
            end: true,
            cell: (o) => <Quantity value={o.massG / 1000} unit="KGM" />,
          },
          { title: t('balance.receiver'), cell: (o) => o.receiver },
          { title: t('balance.document'), cell: (o) => o.document || '—' },
          { title: t('balance.at'), cell: (o) => <Time at={o.at} /> },
        ]}
      />
    </Section>
  );
}

const USUAL: Readonly<Record<StreamRow['stream'], Kind>> = {
  assemblies: 'remanufactured',
  battery: 'hazardous',
  parts: 'sold',
  metal: 'metal',
  fluids: 'hazardous',
  'other-materials': 'shredded',
  residue: 'residue',
};

function LetOut(props: { teardownId: string; stream: StreamRow; onDone: () => void }) {
  const t = useTexts('dismantling');
  const { stream, teardownId } = props;
  const [kind, setKind] = useState<Kind>(USUAL[stream.stream]);
  const [kg, setKg] = useState<string | undefined>(String(stream.hereG / 1000));
  const [receiver, setReceiver] = useState<string>();
  const [document, setDocument] = useState<string>();
  const record = useAct(recordOutflow, { said: t('balance.recorded'), onDone: props.onDone });
  return (
    <form
      className="z-form"
      onSubmit={(e) => {
        e.preventDefault();
        void record.run({
          params: { teardownId },
          body: {
            ...{ stream: stream.stream, kind, massG: Number(kg ?? 0) * 1000 },
            ...{ receiver: receiver ?? '', document: document ?? '' },
          },
        });
      }}
    >
      <SelectField
        label={t('balance.kind')}
        choices={KINDS.map((value) => ({ value, label: t(`balance.kinds.${value}`) }))}
        value={kind}
        onChange={(v) => setKind(v ?? 'sold')}
      />
      <QuantityField label={t('balance.mass')} unit="KGM" value={kg} onChange={setKg} />
      <TextField label={t('balance.receiver')} value={receiver} onChange={setReceiver} />
      <TextField
        label={t('balance.document')}
        hint={t('balance.documentHint')}
        required={false}
        value={document}
        onChange={setDocument}
      />
      <div className="z-form-keys">
        <Button submit kind="primary" isBusy={record.isBusy} disabled={!receiver || !kg}>
          {t('plan.keep')}
        </Button>
      </div>
    </form>
  );
}
