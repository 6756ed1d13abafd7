import {
  Button,
  type Destination,
  EmptyState,
  Loading,
  notify,
  ProblemBox,
  Reading,
  read,
  TaskKey,
  Time,
  useAddress,
  useList,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { FloorPage, ScanTask, TaskList } from '@zaizao/platform/ui/floor';
import { type ReactNode, useState } from 'react';
import { getCoreView, listCores, previewQuote } from '../contract.ts';
import { CoreAtTheDoor } from './receive-core.tsx';
import { NewCore } from './receive-new.tsx';
import { Recognition } from './recognition.tsx';
import { thingBehind } from './scanned.ts';
import { type Core, type Output, type State, useCoreName } from './words.tsx';

type Candidates = Output<typeof previewQuote>['candidates'];

/** Parcel → core → grade: scan a label or type the number, and the page does the rest step by step. */
export default function ReceivePage() {
  const t = useTexts('cores');
  const [search, change] = useAddress();
  const [found, setFound] = useState<{ number: string; candidates: Candidates }>();

  const look = async (code: string) => {
    const thing = await thingBehind(code);
    if (thing && thing.kind !== 'core') {
      notify({ kind: 'bad', text: t('receive.notCore', { code }) });
    } else if (thing) {
      setFound(undefined);
      change({ core: thing.ref }, true);
    } else {
      const { candidates } = await read(previewQuote, { query: { number: code } });
      setFound({ number: code, candidates });
      change({ core: undefined });
    }
  };

  const restart = () => {
    setFound(undefined);
    change({ core: undefined });
  };
  const scan = (
    <>
      <ScanTask onCode={look} placeholder={t('receive.scan')} passive={search.core !== undefined} />
    </>
  );
  if (search.core) return <Known coreId={search.core} scan={scan} restart={restart} />;
  if (found) {
    return (
      <NewCore
        number={found.number}
        candidates={found.candidates}
        scan={scan}
        onCancel={restart}
        onReceived={(core) => {
          setFound(undefined);
          change({ core: core.id }, true);
        }}
      />
    );
  }
  return (
    <FloorPage title={t('receive.title')} note={t('receive.note')}>
      {scan}
      <Recognise onNumber={(number) => void look(number)} />
      <Waiting />
    </FloorPage>
  );
}

function Known(props: { coreId: string; scan: ReactNode; restart: () => void }) {
  const t = useTexts('cores');
  const core = useRead(getCoreView, { params: { coreId: props.coreId } });
  if (core.error && !core.data) {
    return (
      <FloorPage title={t('receive.title')}>
        {props.scan}
        <ProblemBox problem={core.error} />
        <Button onClick={props.restart}>{t('receive.again')}</Button>
      </FloorPage>
    );
  }
  return (
    <Reading of={core}>
      {(c) => <CoreAtTheDoor key={c.id} core={c} scan={props.scan} restart={props.restart} />}
    </Reading>
  );
}

/** No number to be read: a photo says what it may be. */
function Recognise({ onNumber }: { onNumber: (number: string) => void }) {
  const t = useTexts('cores');
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <Button icon="camera" wide onClick={() => setOpen(true)}>
        {t('recognise.open')}
      </Button>
    );
  }
  return <Recognition onPick={(part) => onNumber(part.number)} />;
}

const WAITING: readonly State[] = ['disputed', 'received', 'in-transit', 'accepted'];

/** What is announced, and what stands here ungraded. */
function Waiting() {
  const t = useTexts('cores');
  const list = useList(listCores, { query: { atDoor: 'yes', limit: 100 } });
  if (list.problem) return <ProblemBox problem={list.problem} retry={list.reload} />;
  if (list.isLoading) return <Loading />;
  if (list.items.length === 0) {
    return (
      <EmptyState icon="inbox" title={t('receive.none')}>
        {t('receive.noneNext')}
      </EmptyState>
    );
  }
  return (
    <>
      {WAITING.map((state) => {
        const cores = list.items.filter((c) => c.state === state);
        return (
          <TaskList key={state} title={t(`receive.list.${state}`)}>
            {cores.map((c) => (
              <CoreKey key={c.id} core={c} to={{ to: '/floor/receive', search: { core: c.id } }} />
            ))}
          </TaskList>
        );
      })}
    </>
  );
}

function CoreKey({ core, to }: { core: Core; to: Destination }) {
  const name = useCoreName();
  return (
    <TaskKey
      title={name(core)}
      icon="box"
      note={
        <>
          {core.code} · {core.supplier?.name} · <Time at={core.receivedAt ?? core.createdAt} ago />
        </>
      }
      to={to}
    />
  );
}
