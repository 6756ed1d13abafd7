import { Code, Link, Reading, Row, StatusTag, Time, useRead, useTexts } from '@zaizao/platform/ui';
import { listInspections } from '../contract.ts';
import { DecisionTag } from './words.tsx';

/** In the page of a component: its inspections. Slot `component`: `{ componentId }`. */
export default function ComponentPanel({ componentId }: { componentId: string }) {
  const t = useTexts('inspection');
  const found = useRead(listInspections, { query: { componentId, limit: 50 } });
  return (
    <Reading of={found} lines={1}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="z-note">{t('list.notYet')}</p>
        ) : (
          items.map((i) => (
            <Row key={i.id}>
              <Link to="/office/inspections/$inspectionId" params={{ inspectionId: i.id }}>
                <Code>{i.code}</Code>
              </Link>
              {i.disposition ? (
                <DecisionTag decision={i.disposition} />
              ) : (
                <StatusTag tone="busy">{t('state.open')}</StatusTag>
              )}
              <span className="z-note">
                {i.rule ? t(`rule.${i.rule}`) : null} <Time at={i.startedAt} />
              </span>
            </Row>
          ))
        )
      }
    </Reading>
  );
}
