import { listDirectory } from '@zaizao/modules/parties/contract';
import {
  Button,
  Code,
  Dialog,
  EmptyState,
  FormFrame,
  Link,
  LookupField,
  type Output,
  Reading,
  Row,
  Section,
  SelectField,
  StatusTag,
  TextField,
  Time,
  useForm,
  useMay,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import {
  getSharing,
  listGiven,
  listHeld,
  setSharingDefaults,
  setSharingPartner,
} from '../contract.ts';
import { SHARE_LEVELS, type ShareLevel } from '../domain/share-level.ts';
import './ledger.css';

type Sharing = Output<typeof getSharing>;
type Custody = Output<typeof listGiven>['items'][number];

/** What other organisations see of our records, and what we see of theirs. */
export default function SharingPage() {
  const t = useTexts('ledger');
  const found = useRead(getSharing, {});
  return (
    <OfficePage title={t('share.title')} note={t('share.note')}>
      <Reading of={found}>{(s) => <Policy sharing={s} />}</Reading>
      <Section title={t('share.given')} flush>
        <DataTable
          id="ledger.given"
          title={t('share.given')}
          list={listGiven}
          rowKey={keyOf}
          columns={useColumns('share.holder')}
          empty={
            <EmptyState icon="truck" title={t('share.noneGiven')}>
              {t('share.noneGivenNext')}
            </EmptyState>
          }
        />
      </Section>
      <Section title={t('share.held')} flush>
        <DataTable
          id="ledger.held"
          title={t('share.held')}
          list={listHeld}
          rowKey={keyOf}
          columns={useColumns('share.owner')}
          empty={
            <EmptyState icon="book" title={t('share.noneHeld')}>
              {t('share.noneHeldNext')}
            </EmptyState>
          }
        />
      </Section>
    </OfficePage>
  );
}

const keyOf = (c: Custody) => `${c.epc} ${c.since} ${c.organisation.id}`;

function useColumns(who: string) {
  const t = useTexts('ledger');
  return [
    {
      id: 'thing',
      title: t('ledger.thing'),
      cell: (c: Custody) => (
        <Link to="/office/things/$epc" params={{ epc: c.epc }}>
          {c.thing?.code ?? <Code>{c.epc}</Code>}
        </Link>
      ),
      plain: (c: Custody) => c.epc,
    },
    {
      id: 'organisation',
      title: t(who),
      cell: (c: Custody) => c.organisation.name,
      plain: (c: Custody) => c.organisation.name,
    },
    {
      id: 'level',
      title: t('share.level'),
      cell: (c: Custody) => <StatusTag tone="idle">{t(`share.levels.${c.level}`)}</StatusTag>,
      plain: (c: Custody) => t(`share.levels.${c.level}`),
    },
    {
      id: 'since',
      title: t('share.since'),
      cell: (c: Custody) => <Time at={c.since} />,
      plain: (c: Custody) => c.since,
    },
    {
      id: 'until',
      title: t('share.until'),
      cell: (c: Custody) =>
        c.until ? <Time at={c.until} /> : <StatusTag tone="good">{t('share.now')}</StatusTag>,
      plain: (c: Custody) => c.until,
    },
  ];
}

function useLevels() {
  const t = useTexts('ledger');
  return SHARE_LEVELS.map((level) => ({ value: level, label: t(`share.levels.${level}`) }));
}

function Policy({ sharing }: { sharing: Sharing }) {
  const t = useTexts('ledger');
  const levels = useLevels();
  const may = useMay();
  const [editing, setEditing] = useState<Sharing['partners'][number] | 'new'>();
  const mayManage = may('ledger.sharing:manage');
  const form = useForm(setSharingDefaults, {
    initial: { direct: sharing.direct, later: sharing.later },
    said: t('share.saved'),
  });
  return (
    <>
      <Section title={t('share.policy')} note={t('share.policyNote')}>
        <FormFrame form={form} submit={t('share.save')}>
          <Row>
            <SelectField<ShareLevel>
              label={t('share.direct')}
              choices={levels}
              {...form.field('direct')}
              disabled={!mayManage}
            />
            <SelectField<ShareLevel>
              label={t('share.later')}
              choices={levels}
              {...form.field('later')}
              disabled={!mayManage}
            />
          </Row>
        </FormFrame>
        <dl className="z-ledger-levels">
          {SHARE_LEVELS.map((level) => (
            <div key={level}>
              <dt>{t(`share.levels.${level}`)}</dt>
              <dd>{t(`share.means.${level}`)}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section
        title={t('share.partners')}
        note={t('share.partnersNote')}
        actions={
          mayManage ? (
            <Button icon="plus" onClick={() => setEditing('new')}>
              {t('share.add')}
            </Button>
          ) : undefined
        }
      >
        {sharing.partners.length === 0 ? <p>{t('share.noPartners')}</p> : null}
        <ul className="z-ledger-things">
          {sharing.partners.map((p) => (
            <li key={p.organisation.id}>
              {p.organisation.name}{' '}
              <StatusTag tone="idle">
                {p.level ? t(`share.levels.${p.level}`) : t('share.asDefault')}
              </StatusTag>{' '}
              {p.parties.map((x) => (
                <Code key={x}>{x}</Code>
              ))}
              {mayManage ? (
                <Button size="small" onClick={() => setEditing(p)}>
                  {t('share.change')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      </Section>
      {editing ? (
        <PartnerDialog
          partner={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      ) : null}
    </>
  );
}

function PartnerDialog(props: {
  partner: Sharing['partners'][number] | undefined;
  onClose: () => void;
}) {
  const t = useTexts('ledger');
  const levels = useLevels();
  const [orgId, setOrgId] = useState(props.partner?.organisation.id);
  const [parties, setParties] = useState(props.partner?.parties.join('\n') ?? '');
  const form = useForm(setSharingPartner, {
    initial: { ...(props.partner?.level ? { level: props.partner.level } : {}), parties: [] },
    rest: { params: { orgId: orgId ?? '' } },
    said: t('share.saved'),
    onDone: props.onClose,
  });
  return (
    <Dialog open title={props.partner?.organisation.name ?? t('share.add')} onClose={props.onClose}>
      <FormFrame form={form} submit={t('share.save')} cancel={props.onClose}>
        {props.partner ? null : (
          <LookupField
            label={t('share.organisation')}
            list={listDirectory}
            by="q"
            choice={(o) => ({ value: o.id, label: o.name })}
            value={orgId}
            onChange={setOrgId}
          />
        )}
        <SelectField<ShareLevel>
          label={t('share.level')}
          choices={levels}
          placeholder={t('share.asDefault')}
          {...form.field('level')}
        />
        <TextField
          label={t('share.parties')}
          hint={t('share.partiesHint')}
          lines={3}
          value={parties}
          onChange={(text) => {
            setParties(text ?? '');
            form.field('parties').onChange(lines(text ?? ''));
          }}
        />
      </FormFrame>
    </Dialog>
  );
}

const lines = (text: string) =>
  text
    .split(/\s+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
