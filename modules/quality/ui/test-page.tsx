import { scan } from '@zaizao/modules/ledger/contract';
import { listUnits } from '@zaizao/modules/production/contract';
import {
  EmptyState,
  Loading,
  notify,
  type Output,
  Problem,
  ProblemBox,
  Reading,
  read,
  TaskKey,
  Time,
  useAct,
  useAddress,
  useList,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { FloorPage, ScanField, TaskList } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { getTest, listTests, startTest } from '../contract.ts';
import { TestSheet } from './test-sheet.tsx';

/** Scan a unit: its test opens, or goes on where it was left. */
export default function TestPage() {
  const [search, change] = useAddress();
  return search.test ? (
    <Running testId={search.test} leave={() => change({ test: undefined })} />
  ) : (
    <Choosing choose={(testId) => change({ test: testId }, true)} />
  );
}

function Running({ testId, leave }: { testId: string; leave: () => void }) {
  const test = useRead(getTest, { params: { testId } });
  return <Reading of={test}>{(t) => <TestSheet key={t.id} test={t} leave={leave} />}</Reading>;
}

function Choosing({ choose }: { choose: (testId: string) => void }) {
  const t = useTexts('quality');
  const start = useAct(startTest);
  const open = useList(listTests, { query: { state: 'open', limit: 50 } });
  const [isBusy, setBusy] = useState(false);

  const begin = async (unitId: string) => {
    const { items } = await read(listTests, { query: { unitId, state: 'open' } });
    const [running] = items;
    if (running) return choose(running.id);
    const done = await start.run({ body: { unitId } });
    if (done.state === 'done') choose(done.value.id);
  };
  const look = async (code: string) => {
    setBusy(true);
    try {
      const { thing } = await read(scan, { query: { code } });
      if (thing.kind === 'unit') await begin(thing.ref);
      else notify({ kind: 'bad', text: t('test.notUnit', { code }) });
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      notify({ kind: 'bad', text: e.message });
    } finally {
      setBusy(false);
    }
  };
  return (
    <FloorPage title={t('test.title')} note={t('test.note')}>
      <ScanField
        onCode={(code) => void look(code)}
        placeholder={t('test.scan')}
        isBusy={isBusy || start.isBusy}
      />
      <OpenTests open={open.items} choose={choose} />
      <Waiting
        busy={new Set(open.items.map((x) => x.unit.id))}
        begin={(unitId) => void begin(unitId)}
      />
    </FloorPage>
  );
}

function OpenTests(props: {
  open: readonly Output<typeof listTests>['items'][number][];
  choose: (testId: string) => void;
}) {
  const { open, choose } = props;
  const t = useTexts('quality');
  return (
    <TaskList title={t('test.open')}>
      {open.map((x) => (
        <TaskKey
          key={x.id}
          icon="pulse"
          title={x.unit.serial}
          note={
            <>
              {x.code} · {x.startedBy} · <Time at={x.startedAt} ago />
            </>
          }
          onClick={() => choose(x.id)}
        />
      ))}
    </TaskList>
  );
}

function Waiting(props: { busy: ReadonlySet<string>; begin: (unitId: string) => void }) {
  const { busy, begin } = props;
  const t = useTexts('quality');
  const say = useSay();
  const units = useList(listUnits, { query: { state: 'assembled', limit: 20 } }, LIVE);
  if (units.problem) return <ProblemBox problem={units.problem} retry={units.reload} />;
  if (units.isLoading) return <Loading />;
  const waiting = units.items.filter((u) => !busy.has(u.id));
  if (waiting.length === 0) {
    return (
      <EmptyState icon="gauge" title={t('test.none')}>
        {t('test.noneNext')}
      </EmptyState>
    );
  }
  return (
    <TaskList title={t('test.waiting')}>
      {waiting.map((u) => (
        <TaskKey
          key={u.id}
          icon="gauge"
          title={u.serial}
          note={
            <>
              {u.part.number} {say(u.part.name)} · <Time at={u.assembledAt} ago />
            </>
          }
          onClick={() => begin(u.id)}
        />
      ))}
    </TaskList>
  );
}

const LIVE = { live: ['production', 'quality'] };
