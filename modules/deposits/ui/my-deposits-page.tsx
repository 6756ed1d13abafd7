import {
  Button,
  Code,
  Day,
  EmptyState,
  Facts,
  Loading,
  Money,
  ProblemBox,
  SelectField,
  Stack,
  useAddress,
  useList,
  useTexts,
} from '@zaizao/platform/ui';
import { FloorPage } from '@zaizao/platform/ui/floor';
import { listMyDeposits } from '../contract.ts';
import { type Deposit, STATES, StateTag, usePartName } from './words.tsx';

/** What I paid, until when the old part must be back, and what came back for it. */
export default function MyDepositsPage() {
  const t = useTexts('deposits');
  const [search, change] = useAddress();
  const state = STATES.find((s) => s === search.state);
  const list = useList(
    listMyDeposits,
    { query: { ...(state ? { state } : {}), limit: 50 } },
    { live: ['cores', 'market'] },
  );
  return (
    <FloorPage title={t('mine.title')} note={t('mine.note')}>
      <SelectField
        label={t('field.state')}
        placeholder={t('mine.all')}
        choices={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        value={state}
        onChange={(value) => change({ state: value })}
      />
      {list.problem ? <ProblemBox problem={list.problem} retry={list.reload} /> : null}
      {list.isLoading ? (
        <Loading />
      ) : list.items.length === 0 ? (
        <EmptyState icon="coin" title={t('mine.none')}>
          {t('mine.noneNext')}
        </EmptyState>
      ) : (
        <Stack>
          {list.items.map((d) => (
            <Card key={d.id} deposit={d} />
          ))}
          {list.hasMore ? <Button onClick={list.more}>{t('mine.more')}</Button> : null}
        </Stack>
      )}
    </FloorPage>
  );
}

function Card({ deposit: d }: { deposit: Deposit }) {
  const t = useTexts('deposits');
  const name = usePartName();
  return (
    <article className="z-dep-card">
      <div className="z-dep-head">
        <div>
          <strong>{name(d.part)}</strong>
          <p className="z-note">
            <Code>{d.code}</Code> · {d.seller}
          </p>
        </div>
        <StateTag state={d.state} />
      </div>
      <span className="z-dep-money">
        <Money fen={d.amountFen} />
      </span>
      <Facts
        rows={[
          [
            t('mine.until'),
            d.state === 'due' && d.dueDay ? <Day key="d" day={d.dueDay} /> : undefined,
          ],
          [t('field.order'), d.orderCode],
          [t('field.core'), d.coreCode && `${d.coreCode} ${d.grade ?? ''}`],
          [
            t('mine.back'),
            d.state === 'credited' || d.state === 'settled' ? (
              <Money key="c" fen={d.creditedFen} />
            ) : undefined,
          ],
          [
            t('field.kept'),
            d.forfeitedFen === '0' ? undefined : <Money key="k" fen={d.forfeitedFen} />,
          ],
        ]}
      />
      <p className="z-note">{t(`mine.next.${d.state}`)}</p>
    </article>
  );
}
