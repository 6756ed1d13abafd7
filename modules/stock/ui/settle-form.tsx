import {
  Button,
  ChoiceField,
  Loading,
  ProblemBox,
  Section,
  SelectField,
  Stack,
  TextField,
  useAct,
  useList,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { closeStocktake, listDifferences, REASONS, Reason } from '../contract.ts';
import { type Difference, type Stocktake, ThingCell } from './words.tsx';

/** What is done about a difference, and why, as far as the person has said. */
interface Draft {
  readonly decision?: 'correct' | 'keep' | undefined;
  readonly reason?: (typeof Reason.options)[number] | undefined;
  readonly note?: string | undefined;
}

/** The books of stock do not hold these: they are noted, and dealt with where they belong. */
const ONLY_NOTED: readonly Difference['class'][] = ['elsewhere', 'unknown'];

/** Settles what differs: one decision and reason a group, or a thing at a time. */
export function SettleForm({ stocktake: s }: { stocktake: Stocktake }) {
  const t = useTexts('stock');
  const list = useList(listDifferences, {
    params: { stocktakeId: s.id },
    query: { limit: 200 },
  });
  const [groups, setGroups] = useState<Readonly<Record<string, Draft>>>({});
  const [singles, setSingles] = useState<Readonly<Record<string, Draft>>>({});
  const close = useAct(closeStocktake, {
    said: t('closed'),
    quiet: true,
    refreshes: ['cores', 'dismantling', 'production', 'ledger'],
  });
  if (list.isLoading) return <Loading />;
  const classes = [...Map.groupBy(list.items, (d) => d.class)];
  const entries = [
    // a class whose differences are all settled one by one needs no answer of its own
    ...classes
      .filter(([, rows]) => list.hasMore || rows.some((d) => !singles[d.subject]))
      .map(([of]) => ({ class: of, ...draftOf(of, groups[of]) })),
    ...list.items.flatMap((d) => {
      const own = singles[d.subject];
      return own ? { class: d.class, subject: d.subject, ...draftOf(d.class, own) } : [];
    }),
  ];
  const settlements = entries.flatMap(({ decision, reason, note, ...of }) =>
    decision && reason ? [{ ...of, decision, reason, note: note ?? '' }] : [],
  );
  const run = () =>
    close.run({ params: { stocktakeId: s.id }, version: s.version, body: { settlements } });
  return (
    <Section title={t('settle')} note={t('settleNote')}>
      <Stack gap={16}>
        {classes.map(([of, rows]) => (
          <Section
            key={of}
            title={`${t(`class.${of}`)} · ${rows.length}`}
            note={t(`classNote.${of}`)}
          >
            <Decide
              of={of}
              draft={draftOf(of, groups[of])}
              onChange={(d) => setGroups({ ...groups, [of]: d })}
            />
            <details>
              <summary>{t('oneByOne')}</summary>
              <Stack gap={12}>
                {rows.map((d) => (
                  <Stack key={d.subject} gap={4}>
                    <ThingCell of={d} />
                    <Decide
                      of={of}
                      draft={draftOf(of, singles[d.subject])}
                      onChange={(x) => setSingles({ ...singles, [d.subject]: x })}
                    />
                  </Stack>
                ))}
              </Stack>
            </details>
          </Section>
        ))}
        {list.hasMore ? (
          <Button isBusy={list.isMoreLoading} onClick={list.more}>
            {t('more')}
          </Button>
        ) : null}
        {classes.length === 0 ? <p className="z-note">{t('nothingToSettle')}</p> : null}
        {close.problem ? <ProblemBox problem={close.problem} /> : null}
        <Button
          kind="primary"
          size="large"
          icon="check"
          isBusy={close.isBusy}
          disabled={entries.some((e) => e.decision === undefined || e.reason === undefined)}
          onClick={() => void run()}
        >
          {t('closeNow')}
        </Button>
      </Stack>
    </Section>
  );
}

function draftOf(of: Difference['class'], draft: Draft | undefined): Draft {
  return ONLY_NOTED.includes(of) ? { ...draft, decision: 'keep' } : (draft ?? {});
}

function Decide(props: {
  of: Difference['class'];
  draft: Draft;
  onChange: (draft: Draft) => void;
}) {
  const t = useTexts('stock');
  const say = useSay();
  const { of, draft, onChange } = props;
  return (
    <div className="z-stock-settle">
      <ChoiceField
        label={t('decisionTitle')}
        value={draft.decision}
        choices={(['correct', 'keep'] as const).map((value) => ({
          value,
          label: t(value === 'keep' ? 'decision.keep' : `correct.${of}`),
          disabled: value === 'correct' && ONLY_NOTED.includes(of),
        }))}
        onChange={(decision) => onChange({ ...draft, decision })}
      />
      <SelectField
        label={t('reason')}
        value={draft.reason}
        choices={Reason.options.map((value) => ({ value, label: say(REASONS[value]) }))}
        onChange={(reason) => onChange({ ...draft, reason })}
      />
      <TextField
        label={t('note')}
        required={false}
        value={draft.note}
        onChange={(note) => onChange({ ...draft, note })}
      />
    </div>
  );
}
