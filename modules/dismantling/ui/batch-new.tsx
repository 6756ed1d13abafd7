import {
  Button,
  Code,
  EmptyState,
  notify,
  Problem,
  ProblemBox,
  QuantityField,
  read,
  Section,
  SelectField,
  TextField,
  useAct,
  useAddress,
  useList,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { FloorPage, ScanTask } from '@zaizao/platform/ui/floor';
import { useEffect, useState } from 'react';
import { getComponentView, listComponents, startCleaning } from '../contract.ts';
import { useMethods } from './methods.ts';
import { thingBehind } from './scanned.ts';
import { usePartName } from './words.tsx';

interface Thing {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly qty: number;
}

/** Scan things in, or take all of a core; choose method and parameters; start. */
export function NewBatch() {
  const t = useTexts('dismantling');
  const say = useSay();
  const methods = useMethods();
  const partName = usePartName();
  const [search, change] = useAddress();
  const [things, setThings] = useState<readonly Thing[]>([]);
  const [method, setMethod] = useState<string>();
  const [machine, setMachine] = useState<string>();
  const [parameters, setParameters] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<Problem>();
  const query = { state: 'found', outside: 'yes', limit: 200 } as const;
  const waiting = useList(listComponents, {
    query: search.core ? { ...query, coreId: search.core } : query,
  });
  const start = useAct(startCleaning, {
    said: t('cleaning.started'),
    onDone: (b) => change({ core: undefined, add: undefined, new: undefined, batch: b.id }),
  });
  const add = (more: readonly Thing[]) =>
    setThings((before) => [...before, ...more.filter((m) => before.every((b) => b.id !== m.id))]);
  const thingOf = (c: (typeof waiting.items)[number]): Thing => ({
    ...{ id: c.id, code: c.code, qty: c.qty },
    name: partName(c.part),
  });
  const scan = async (code: string) => {
    const found = await thingBehind(code);
    if (found?.kind !== 'component' && found?.kind !== 'lot') {
      notify({ kind: 'bad', text: t('cleaning.notComponent', { code }) });
      return;
    }
    const c = await read(getComponentView, { params: { componentId: found.ref } });
    if (c.state === 'found' || c.state === 'cleaned') add([thingOf(c)]);
    else {
      const state = t(`state.${c.state}`);
      notify({ kind: 'bad', text: t('cleaning.notNow', { code: c.code, state }) });
    }
  };
  const scanned = search.add;
  // biome-ignore lint/correctness/useExhaustiveDependencies: taken over once from the scan home
  useEffect(() => {
    if (!scanned) return;
    void read(getComponentView, { params: { componentId: scanned } }).then(
      (c) => add([thingOf(c)]),
      (e: unknown) => (e instanceof Problem ? setProblem(e) : Promise.reject(e)),
    );
  }, [scanned]);

  const chosen = methods.all.find((m) => m.code === method);
  const measured = chosen?.parameters.filter((p) => p.unit !== '') ?? [];
  const rest = waiting.items.filter((c) => things.every((x) => x.id !== c.id));
  return (
    <FloorPage
      title={t('cleaning.new')}
      actions={
        <Button
          kind="primary"
          size="large"
          wide
          icon="play"
          disabled={!method || things.length === 0}
          isBusy={start.isBusy}
          onClick={() =>
            method
              ? void start.run({
                  body: {
                    method,
                    parameters,
                    componentIds: things.map((x) => x.id),
                    ...(machine ? { machine } : {}),
                  },
                })
              : undefined
          }
        >
          {t('cleaning.start', { n: things.length })}
        </Button>
      }
    >
      <ScanTask onCode={scan} placeholder={t('cleaning.scan')} />
      {problem ? <ProblemBox problem={problem} /> : null}
      <Section title={t('cleaning.inside', { n: things.length })}>
        {things.length === 0 ? (
          <EmptyState icon="scan" title={t('cleaning.empty')}>
            {t('cleaning.emptyNext')}
          </EmptyState>
        ) : (
          <ul className="z-dis-things">
            {things.map((x) => (
              <li key={x.id}>
                <span>
                  <Code>{x.code}</Code> {x.name}
                  {x.qty > 1 ? ` ×${x.qty}` : ''}
                </span>
                <Button
                  kind="quiet"
                  icon="close"
                  iconOnly
                  onClick={() => setThings(things.filter((y) => y.id !== x.id))}
                >
                  {t('cleaning.remove', { code: x.code })}
                </Button>
              </li>
            ))}
          </ul>
        )}
        {rest.length > 0 ? (
          <Button size="large" icon="plus" onClick={() => add(rest.map(thingOf))}>
            {t(search.core ? 'cleaning.allOfCore' : 'cleaning.allWaiting', { n: rest.length })}
          </Button>
        ) : null}
      </Section>
      <Section title={t('cleaning.how')}>
        <SelectField
          label={t('field.method')}
          choices={methods.all.map((m) => ({ value: m.code, label: say(m.name) }))}
          value={method}
          onChange={(v) => {
            setMethod(v);
            setParameters({});
          }}
        />
        <TextField
          label={t('field.machine')}
          required={false}
          value={machine}
          onChange={setMachine}
        />
        {measured.map((p) => (
          <QuantityField
            key={p.key}
            label={say(p.name)}
            unit={p.unit}
            required={false}
            value={parameters[p.key]}
            onChange={(v) => {
              const { [p.key]: _, ...others } = parameters;
              setParameters(v === undefined ? others : { ...others, [p.key]: v });
            }}
          />
        ))}
      </Section>
      <Button
        kind="quiet"
        onClick={() => change({ core: undefined, add: undefined, new: undefined })}
      >
        {t('act.back')}
      </Button>
    </FloorPage>
  );
}
