import {
  Button,
  Code,
  EmptyState,
  Money,
  Section,
  Stack,
  TextField,
  useAddress,
  useList,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { listNotices } from '../contract.ts';
import './catalog.css';
import { PlainTable } from '@zaizao/platform/ui/office';

/** What is bought, by whom, at which grade for how much: published before anybody brings a core. */
export default function NoticesPage() {
  const t = useTexts('catalog');
  const say = useSay();
  const [search, change] = useAddress();
  const [typed, setTyped] = useState(search.number);
  const query = search.number ? { number: search.number } : {};
  const list = useList(listNotices, { query });
  return (
    <div className="z-catalog-public">
      <h1>{t('notices.title')}</h1>
      <p>{t('notices.note')}</p>
      <form
        className="z-catalog-search"
        onSubmit={(e) => {
          e.preventDefault();
          change({ number: typed });
        }}
      >
        <TextField
          label={t('notices.number')}
          type="search"
          mono
          value={typed}
          onChange={setTyped}
        />
        <Button kind="primary" icon="search" submit>
          {t('notices.search')}
        </Button>
      </form>
      {list.items.length === 0 && !list.isLoading ? (
        <EmptyState icon="search" title={t('notices.none')}>
          {t('notices.noneNext')}
        </EmptyState>
      ) : null}
      <Stack>
        {list.items.map((n) => (
          <Section
            key={n.programmeId}
            title={say(n.part.name)}
            note={`${n.organisation} · ${n.part.number}`}
            actions={<Code>{`${n.code} v${n.version}`}</Code>}
          >
            <PlainTable
              rows={n.grades}
              rowKey={(g) => g.grade}
              columns={[
                { title: t('programme.grade'), cell: (g) => <strong>{g.grade}</strong> },
                { title: t('programme.meaning'), cell: (g) => say(g.text) },
                {
                  title: t('programme.credit'),
                  end: true,
                  cell: (g) => <Money fen={g.creditFen} />,
                },
              ]}
            />
            <details>
              <summary>{t('notices.criteria', { n: n.criteria.length })}</summary>
              <ul>
                {n.criteria.map((c) => (
                  <li key={c.code}>
                    {say(c.text)} {t(`programme.failsTo.${c.failsTo}`)}
                  </li>
                ))}
              </ul>
            </details>
          </Section>
        ))}
      </Stack>
      {list.hasMore ? <Button onClick={list.more}>{t('more')}</Button> : null}
    </div>
  );
}
