import { getCoreView, listCores } from '@zaizao/modules/cores/contract';
import {
  Button,
  EmptyState,
  Facts,
  Loading,
  notify,
  ProblemBox,
  Reading,
  TaskKey,
  Time,
  useAct,
  useAddress,
  useList,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { BigNumber, FloorPage, ScanTask, TaskList } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { getTeardown, listTeardowns, startTeardown } from '../contract.ts';
import { thingBehind } from './scanned.ts';
import { TeardownDone } from './teardown-done.tsx';
import { TeardownWork } from './teardown-work.tsx';
import { usePartName } from './words.tsx';

/** A core comes apart: scan it, answer each position, close the mass. */
export default function TeardownPage() {
  const [search] = useAddress();
  if (search.teardown) return <Known teardownId={search.teardown} />;
  if (search.core) return <OfCore key={search.core} coreId={search.core} />;
  return <Choose />;
}

function Known({ teardownId }: { teardownId: string }) {
  const found = useRead(getTeardown, { params: { teardownId } });
  return (
    <Reading of={found}>
      {(view) =>
        view.state === 'open' ? (
          <TeardownWork key={view.id} view={view} />
        ) : (
          <TeardownDone view={view} />
        )
      }
    </Reading>
  );
}

function Choose() {
  const t = useTexts('dismantling');
  const name = usePartName();
  const [, change] = useAddress();
  const open = useList(listTeardowns, { query: { state: 'open', limit: 20 } });
  const cores = useList(listCores, { query: { inStock: 'yes', limit: 20 } }, { live: ['cores'] });
  const find = async (code: string) => {
    const thing = await thingBehind(code);
    if (thing?.kind === 'core') change({ core: thing.ref }, true);
    else notify({ kind: 'bad', text: t('teardown.notCore', { code }) });
  };
  // a grade R core is paid nothing and scrapped, not taken apart
  const waiting = cores.items.filter((c) => c.grade !== 'R');
  return (
    <FloorPage title={t('teardown.title')} note={t('teardown.note')}>
      <ScanTask onCode={find} placeholder={t('teardown.scan')} />
      {open.isLoading || cores.isLoading ? <Loading /> : null}
      <TaskList title={t('teardown.open')}>
        {open.items.map((x) => (
          <TaskKey
            key={x.id}
            icon="wrench"
            title={`${x.coreCode} ${name(x.part)}`}
            note={
              <>
                {x.code} · <Time at={x.startedAt} ago />
              </>
            }
            to={{ to: '/floor/teardown', search: { teardown: x.id } }}
          />
        ))}
      </TaskList>
      <TaskList title={t('teardown.waiting')}>
        {waiting
          .filter((c) => !open.items.some((x) => x.coreId === c.id))
          .map((c) => (
            <TaskKey
              key={c.id}
              icon="box"
              title={`${c.code} ${c.part ? name(c.part) : c.numberSeen}`}
              note={[c.grade, c.place].filter(Boolean).join(' · ')}
              to={{ to: '/floor/teardown', search: { core: c.id } }}
            />
          ))}
      </TaskList>
      {!cores.isLoading && !open.isLoading && open.items.length + waiting.length === 0 ? (
        <EmptyState icon="wrench" title={t('teardown.none')}>
          {t('teardown.noneNext')}
        </EmptyState>
      ) : null}
    </FloorPage>
  );
}

/** The teardown of a core: the one it has, or a new one after weighing. */
function OfCore({ coreId }: { coreId: string }) {
  const found = useRead(listTeardowns, { query: { coreId, limit: 1 } });
  return (
    <Reading of={found}>
      {({ items: [existing] }) =>
        existing ? <Known teardownId={existing.id} /> : <Start coreId={coreId} />
      }
    </Reading>
  );
}

function Start({ coreId }: { coreId: string }) {
  const t = useTexts('dismantling');
  const name = usePartName();
  const [, change] = useAddress();
  const [kg, setKg] = useState<string>();
  const core = useRead(getCoreView, { params: { coreId } });
  const start = useAct(startTeardown, {
    refreshes: ['cores'],
    onDone: (made) => change({ core: undefined, teardown: made.id }),
  });
  const back = () => change({ core: undefined });
  if (core.error && !core.data) {
    return (
      <FloorPage title={t('teardown.title')}>
        <ProblemBox problem={core.error} />
        <Button onClick={back}>{t('act.back')}</Button>
      </FloorPage>
    );
  }
  return (
    <Reading of={core}>
      {(c) => {
        const known = c.massG === undefined ? undefined : String(c.massG / 1000);
        const weight = kg ?? known;
        return (
          <FloorPage
            title={t('teardown.start')}
            actions={
              <Button
                kind="primary"
                size="large"
                wide
                icon="play"
                isBusy={start.isBusy}
                onClick={() =>
                  void start.run({
                    body: {
                      coreId,
                      ...(weight ? { coreMassG: Math.round(Number(weight) * 1000) } : {}),
                    },
                  })
                }
              >
                {t('teardown.begin')}
              </Button>
            }
          >
            <Facts
              rows={[
                [t('field.core'), c.code],
                [t('field.part'), c.part ? name(c.part) : c.numberSeen],
                [t('field.grade'), c.grade],
                [t('field.place'), c.place],
                [t('field.donor'), c.donor?.vin ?? c.donor?.machineSerial],
              ]}
            />
            <BigNumber
              label={t('teardown.weigh')}
              unit="KGM"
              step={0.05}
              value={weight}
              onChange={(v) => setKg(v ?? '')}
            />
            <p className="z-note">{t('teardown.weighNote')}</p>
            <Button kind="quiet" onClick={back}>
              {t('act.back')}
            </Button>
          </FloorPage>
        );
      }}
    </Reading>
  );
}
