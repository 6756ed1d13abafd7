import {
  Code,
  EmptyState,
  LinkButton,
  Money,
  Quantity,
  StatusTag,
  Time,
  useAddress,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listCores } from '../contract.ts';
import { type Core, GRADES, GradeMark, STATES, StateTag, useCoreName } from './words.tsx';

/** All cores, with every filter that a figure elsewhere may lead here with. */
export default function CoresPage() {
  const t = useTexts('cores');
  const [search] = useAddress();
  const say = useSay();
  const name = useCoreName();
  const yes = [{ value: 'yes', label: t('list.yes') }];
  const receive = (
    <LinkButton kind="primary" icon="inbox" to="/floor/receive">
      {t('receive.title')}
    </LinkButton>
  );
  return (
    <OfficePage title={t('list.title')} actions={receive}>
      <DataTable
        id="cores.list"
        title={t('list.title')}
        list={listCores}
        rowKey={(c) => c.id}
        filters={[
          { kind: 'search', id: 'q', label: t('list.search') },
          {
            kind: 'choice',
            id: 'state',
            label: t('field.state'),
            choices: STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          },
          {
            kind: 'choice',
            id: 'grade',
            label: t('field.grade'),
            choices: GRADES.map((value) => ({ value, label: t(`grade.${value}`) })),
          },
          { kind: 'choice', id: 'inStock', label: t('list.inStock'), choices: yes },
          { kind: 'choice', id: 'aged', label: t('list.aged'), choices: yes },
          { kind: 'choice', id: 'disputed', label: t('list.disputed'), choices: yes },
          { kind: 'choice', id: 'unpaid', label: t('list.unpaid'), choices: yes },
          { kind: 'day', id: 'from', label: t('list.from') },
          { kind: 'day', id: 'to', label: t('list.to') },
          ...(['supplierId', 'partId'] as const).flatMap((id) => {
            const value = search[id];
            const choices = value ? [{ value, label: t('list.chosen') }] : [];
            return value ? [{ kind: 'choice' as const, id, label: t(`list.${id}`), choices }] : [];
          }),
        ]}
        columns={[
          {
            id: 'code',
            title: t('field.code'),
            cell: (c) => <Code>{c.code}</Code>,
            plain: (c) => c.code,
          },
          {
            id: 'part',
            title: t('field.part'),
            cell: (c) => (
              <>
                {name(c)}{' '}
                {c.regulated ? <StatusTag tone="decide">{t('list.regulated')}</StatusTag> : null}
              </>
            ),
            plain: name,
          },
          {
            id: 'state',
            title: t('field.state'),
            cell: (c) => <StateTag state={c.state} />,
            plain: (c) => t(`state.${c.state}`),
          },
          {
            id: 'grade',
            title: t('field.grade'),
            cell: (c) => (c.grade ? <GradeMark grade={c.grade} /> : '—'),
            plain: (c) => c.grade,
          },
          {
            id: 'credit',
            title: t('field.credit'),
            align: 'end',
            cell: (c) => <Credit core={c} />,
            plain: (c) => Number(c.creditFen ?? c.quotedFen ?? 0) / 100,
          },
          {
            id: 'supplier',
            title: t('field.supplier'),
            cell: (c) => c.supplier?.name ?? '—',
            plain: (c) => c.supplier?.name,
          },
          {
            id: 'at',
            title: t('field.receivedAt'),
            cell: (c) => (c.receivedAt ? <Time at={c.receivedAt} ago /> : '—'),
            plain: (c) => c.receivedAt,
          },
          {
            id: 'place',
            title: t('field.place'),
            cell: (c) => c.place ?? '—',
            plain: (c) => c.place,
          },
          {
            id: 'life',
            title: t('field.life'),
            align: 'end',
            cell: (c) => c.life,
            plain: (c) => c.life,
            optional: true,
          },
          {
            id: 'mass',
            title: t('field.mass'),
            align: 'end',
            cell: (c) => (c.massG ? <Quantity value={c.massG / 1000} unit="KGM" /> : '—'),
            plain: (c) => c.massG && c.massG / 1000,
            optional: true,
          },
          {
            id: 'channel',
            title: t('field.channel'),
            cell: (c) => t(`channel.${c.channel}`),
            plain: (c) => t(`channel.${c.channel}`),
            optional: true,
          },
          {
            id: 'reasons',
            title: t('field.reasons'),
            cell: (c) => c.gradeReasons.map(say).join('；'),
            plain: (c) => c.gradeReasons.map(say).join('；'),
            optional: true,
          },
        ]}
        open={(c) => ({ to: '/office/cores/$coreId', params: { coreId: c.id } })}
        empty={
          <EmptyState icon="inbox" title={t('list.none')} action={receive}>
            {t('list.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}

function Credit({ core }: { core: Core }) {
  const t = useTexts('cores');
  if (core.byDeposit) return <StatusTag tone="idle">{t('credit.byDeposit')}</StatusTag>;
  const fen = core.creditFen ?? core.quotedFen;
  return fen === undefined ? '—' : <Money fen={fen} />;
}
