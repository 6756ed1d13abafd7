import {
  LinkButton,
  type Output,
  StatusTag,
  type Tone,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import type { getStocktake, listDifferences, listRemaining } from '../contract.ts';
import './stock.css';

export type Stocktake = Output<typeof getStocktake>;
export type Difference = Output<typeof listDifferences>['items'][number];
export type Remaining = Output<typeof listRemaining>['items'][number];

export const KINDS = ['core', 'component', 'unit'] as const;

const TONES: Readonly<Record<Stocktake['state'], Tone>> = {
  counting: 'busy',
  counted: 'decide',
  closed: 'good',
  cancelled: 'idle',
};

export const STATES = Object.keys(TONES) as Stocktake['state'][]; // keys of the record above

export function StocktakeTag({ state }: { state: Stocktake['state'] }) {
  const t = useTexts('stock');
  return <StatusTag tone={TONES[state]}>{t(`state.${state}`)}</StatusTag>;
}

/** What a stocktake counts, in one line. */
export function useScope(): (s: Pick<Stocktake, 'kinds' | 'place' | 'site'>) => string {
  const t = useTexts('stock');
  return (s) => {
    const kinds = s.kinds.map((k) => t(`kind.${k}`)).join(t('comma'));
    return `${s.place ?? s.site.name} · ${kinds}`;
  };
}

/** A state of a thing in the reader's words. */
export function useThingState(): (state: string) => string {
  const t = useTexts('stock');
  return (state) => t(`thing.${state}`);
}

const PAGES = {
  core: ['/office/cores/$coreId', 'coreId'],
  component: ['/office/components/$componentId', 'componentId'],
  unit: ['/office/units/$unitId', 'unitId'],
} as const;

/** The code of a thing, leading to its page where it has one, and its name. */
export function ThingCell({ of }: { of: Pick<Difference, 'kind' | 'ref' | 'code' | 'name'> }) {
  const say = useSay();
  const page = of.kind && PAGES[of.kind];
  return (
    <span className="z-stock-thing">
      {page && of.ref ? (
        <LinkButton size="small" to={page[0]} params={{ [page[1]]: of.ref }}>
          {of.code}
        </LinkButton>
      ) : (
        <code>{of.code}</code>
      )}
      {of.name ? <span>{say(of.name)}</span> : null}
    </span>
  );
}
