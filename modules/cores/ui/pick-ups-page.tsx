import {
  Button,
  Code,
  Dialog,
  EmptyState,
  Facts,
  LinkButton,
  Num,
  PermissionGate,
  Photo,
  Row,
  Stack,
  StatusTag,
  Time,
  type Tone,
  useAct,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { cancelPickUp, corePermissions, listPickUps } from '../contract.ts';
import type { PickUp } from './words.tsx';

const TONES: Readonly<Record<PickUp['state'], Tone>> = {
  asked: 'busy',
  done: 'good',
  cancelled: 'idle',
};

/** What collectors were asked to fetch, and what they brought: count, photos, who, when. */
export default function PickUpsPage() {
  const t = useTexts('cores');
  const [open, setOpen] = useState<PickUp>();
  return (
    <OfficePage
      title={t('pickUp.list')}
      note={t('pickUp.listNote')}
      actions={
        <LinkButton icon="truck" to="/floor/collect">
          {t('collect.title')}
        </LinkButton>
      }
    >
      <DataTable
        id="cores.pickUps"
        title={t('pickUp.list')}
        list={listPickUps}
        rowKey={(p) => p.id}
        filters={[
          {
            kind: 'choice',
            id: 'state',
            label: t('field.state'),
            choices: (['asked', 'done', 'cancelled'] as const).map((value) => ({
              value,
              label: t(`pickUp.state.${value}`),
            })),
          },
        ]}
        columns={[
          {
            id: 'code',
            title: t('field.code'),
            cell: (p) => (
              <Button size="small" kind="quiet" onClick={() => setOpen(p)}>
                {p.code}
              </Button>
            ),
            plain: (p) => p.code,
          },
          { id: 'supplier', title: t('field.supplier'), cell: (p) => p.supplier },
          { id: 'address', title: t('field.address'), cell: (p) => p.address ?? '—' },
          { id: 'collector', title: t('pickUp.collector'), cell: (p) => p.collector },
          {
            id: 'pieces',
            title: t('pickUp.askedPieces'),
            align: 'end',
            cell: (p) => <Num value={p.cores.length} />,
            plain: (p) => p.cores.length,
          },
          {
            id: 'counted',
            title: t('pickUp.counted'),
            align: 'end',
            cell: (p) => (p.counted === undefined ? '—' : <Num value={p.counted} />),
            plain: (p) => p.counted ?? '',
          },
          {
            id: 'state',
            title: t('field.state'),
            cell: (p) => (
              <StatusTag tone={isShort(p) ? 'decide' : TONES[p.state]}>
                {t(isShort(p) ? 'pickUp.state.short' : `pickUp.state.${p.state}`)}
              </StatusTag>
            ),
            plain: (p) => p.state,
          },
          {
            id: 'at',
            title: t('pickUp.at'),
            cell: (p) => <Time at={p.doneAt ?? p.askedAt} ago />,
            plain: (p) => p.doneAt ?? p.askedAt,
          },
        ]}
        empty={
          <EmptyState
            icon="truck"
            title={t('pickUp.none')}
            action={<LinkButton to="/floor/collect">{t('collect.title')}</LinkButton>}
          >
            {t('pickUp.noneNext')}
          </EmptyState>
        }
      />
      <Dialog
        open={open !== undefined}
        title={open?.code ?? ''}
        onClose={() => setOpen(undefined)}
        side
      >
        {open ? <Detail pickUp={open} onDone={() => setOpen(undefined)} /> : null}
      </Dialog>
    </OfficePage>
  );
}

/** Fewer taken along than asked for, or counted otherwise than ticked. */
function isShort(p: PickUp): boolean {
  if (p.state !== 'done') return false;
  const taken = p.cores.filter((c) => c.taken).length;
  return taken < p.cores.length || p.counted !== taken;
}

function Detail({ pickUp: p, onDone }: { pickUp: PickUp; onDone: () => void }) {
  const t = useTexts('cores');
  const say = useSay();
  const cancel = useAct(cancelPickUp, { said: t('pickUp.calledOff'), onDone });
  return (
    <Stack>
      <Facts
        rows={[
          [t('field.state'), t(`pickUp.state.${p.state}`)],
          [t('field.supplier'), p.supplier],
          [t('field.address'), p.address],
          [t('pickUp.collector'), p.collector],
          [t('pickUp.askedAt'), <Time key="a" at={p.askedAt} />],
          [t('pickUp.doneAt'), p.doneAt && <Time key="d" at={p.doneAt} />],
          [t('pickUp.doneBy'), p.doneBy],
          [t('pickUp.counted'), p.counted],
          [t('pickUp.note'), p.note],
        ]}
      />
      <ul className="z-cores-reasons">
        {p.cores.map((c) => (
          <li key={c.coreId}>
            <Code>{c.code}</Code> {c.number} {c.name ? say(c.name) : ''}{' '}
            {c.taken === undefined ? null : (
              <StatusTag tone={c.taken ? 'good' : 'decide'}>
                {t(c.taken ? 'pickUp.taken' : 'pickUp.left')}
              </StatusTag>
            )}
          </li>
        ))}
      </ul>
      {p.photos.length > 0 ? (
        <Row>
          {p.photos.map((sha256) => (
            <Photo key={sha256} sha256={sha256} alt={t('pickUp.photo')} />
          ))}
        </Row>
      ) : null}
      {p.state === 'asked' ? (
        <PermissionGate access={corePermissions('cores.core:collect')}>
          <Button
            isBusy={cancel.isBusy}
            onClick={() => void cancel.run({ params: { pickUpId: p.id } })}
          >
            {t('pickUp.callOff')}
          </Button>
        </PermissionGate>
      ) : null}
    </Stack>
  );
}
