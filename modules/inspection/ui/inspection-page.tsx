import { getComponentView, listComponents } from '@zaizao/modules/dismantling/contract';
import {
  Button,
  EmptyState,
  Facts,
  Loading,
  notify,
  ProblemBox,
  Quantity,
  Reading,
  TaskKey,
  Time,
  useAct,
  useAddress,
  useList,
  useRead,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { FloorPage, ScanTask, TaskList } from '@zaizao/platform/ui/floor';
import { getInspection, listInspections, startInspection } from '../contract.ts';
import { InspectionDone } from './inspection-done.tsx';
import { InspectionWork } from './inspection-work.tsx';
import { thingBehind } from './scanned.ts';
import { usePartName } from './words.tsx';

/** A clean component, its characteristics against every limit, a decision with its reason. */
export default function InspectionPage() {
  const [search] = useAddress();
  if (search.inspection) return <Known inspectionId={search.inspection} />;
  if (search.component)
    return <OfComponent key={search.component} componentId={search.component} />;
  return <Choose />;
}

function Known({ inspectionId }: { inspectionId: string }) {
  const found = useRead(getInspection, { params: { inspectionId } });
  return (
    <Reading of={found}>
      {(view) =>
        view.state === 'open' ? (
          <InspectionWork key={view.id} view={view} />
        ) : (
          <InspectionDone view={view} />
        )
      }
    </Reading>
  );
}

function Choose() {
  const t = useTexts('inspection');
  const name = usePartName();
  const [, change] = useAddress();
  const open = useList(listInspections, { query: { state: 'open', limit: 50 } });
  const cleaned = useList(listComponents, { query: { state: 'cleaned', limit: 50 } });
  const restored = useList(listComponents, { query: { state: 'restored', limit: 50 } });
  const waiting = [...restored.items, ...cleaned.items].filter((c) =>
    open.items.every((i) => i.componentId !== c.id),
  );
  const find = async (code: string) => {
    const thing = await thingBehind(code);
    if (thing?.kind === 'component' || thing?.kind === 'lot') {
      change({ component: thing.ref }, true);
    } else notify({ kind: 'bad', text: t('inspect.notComponent', { code }) });
  };
  const isLoading = open.isLoading || cleaned.isLoading || restored.isLoading;
  return (
    <FloorPage title={t('inspect.title')} note={t('inspect.note')}>
      <ScanTask onCode={find} placeholder={t('inspect.scan')} />
      {isLoading ? <Loading /> : null}
      <TaskList title={t('inspect.open')}>
        {open.items.map((i) => (
          <TaskKey
            key={i.id}
            icon="ruler"
            title={`${i.componentCode} ${name(i.part)}`}
            note={
              <>
                {i.code} · <Time at={i.startedAt} ago />
              </>
            }
            to={{ to: '/floor/inspection', search: { inspection: i.id } }}
          />
        ))}
      </TaskList>
      <TaskList title={t('inspect.waiting')}>
        {waiting.map((c) => (
          <TaskKey
            key={c.id}
            icon="box"
            title={`${c.code} ${name(c.part)}`}
            note={t(c.state === 'restored' ? 'inspect.restored' : 'inspect.cleaned', {
              core: c.fromCoreCode,
            })}
            to={{ to: '/floor/inspection', search: { component: c.id } }}
          />
        ))}
      </TaskList>
      {!isLoading && waiting.length + open.items.length === 0 ? (
        <EmptyState icon="ruler" title={t('inspect.none')}>
          {t('inspect.noneNext')}
        </EmptyState>
      ) : null}
    </FloorPage>
  );
}

/** The open inspection of a component, or the start of one. */
function OfComponent({ componentId }: { componentId: string }) {
  const found = useRead(listInspections, { query: { componentId, state: 'open', limit: 1 } });
  return (
    <Reading of={found}>
      {({ items: [open] }) =>
        open ? <Known inspectionId={open.id} /> : <Start componentId={componentId} />
      }
    </Reading>
  );
}

function Start({ componentId }: { componentId: string }) {
  const t = useTexts('inspection');
  const name = usePartName();
  const [, change] = useAddress();
  const component = useRead(getComponentView, { params: { componentId } });
  const start = useAct(startInspection, {
    onDone: (view) => change({ component: undefined, inspection: view.id }),
  });
  const back = () => change({ component: undefined });
  if (component.error && !component.data) {
    return (
      <FloorPage title={t('inspect.title')}>
        <ProblemBox problem={component.error} />
        <Button onClick={back}>{t('act.back')}</Button>
      </FloorPage>
    );
  }
  return (
    <Reading of={component}>
      {(c) => {
        const isReady = c.state === 'cleaned' || c.state === 'restored';
        return (
          <FloorPage
            title={`${c.code} ${name(c.part)}`}
            actions={
              <Button
                kind="primary"
                size="large"
                wide
                icon="play"
                disabled={!isReady}
                isBusy={start.isBusy}
                onClick={() => void start.run({ body: { componentId } })}
              >
                {t('inspect.start')}
              </Button>
            }
          >
            {isReady ? null : (
              <Verdict tone="decide" title={t('inspect.notClean')}>
                {t('inspect.notCleanNext')}
              </Verdict>
            )}
            <Facts
              rows={[
                [t('field.core'), c.fromCoreCode],
                [t('field.qty'), c.qty],
                [t('field.mass'), <Quantity key="m" value={Math.round(c.massG)} unit="GRM" />],
                [t('field.lives'), c.lives],
              ]}
            />
            <Button kind="quiet" onClick={back}>
              {t('act.back')}
            </Button>
          </FloorPage>
        );
      }}
    </Reading>
  );
}
