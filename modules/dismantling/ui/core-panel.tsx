import { Code, Link, LinkButton, Reading, Row, useRead, useTexts } from '@zaizao/platform/ui';
import { listComponents, listTeardowns } from '../contract.ts';
import { ComponentTag, usePartName } from './words.tsx';

/** In the page of a core: its teardown and what came out. Slot `core`: `{ coreId }`. */
export default function CorePanel({ coreId }: { coreId: string }) {
  const t = useTexts('dismantling');
  const name = usePartName();
  const teardowns = useRead(listTeardowns, { query: { coreId, limit: 1 } });
  const components = useRead(listComponents, { query: { coreId, limit: 200 } });
  return (
    <Reading of={teardowns} lines={1}>
      {({ items: [teardown] }) =>
        teardown ? (
          <>
            <Row>
              <Link to="/office/teardowns/$teardownId" params={{ teardownId: teardown.id }}>
                <Code>{teardown.code}</Code> {t(`teardowns.${teardown.state}`)}
              </Link>
              <LinkButton size="small" to="/office/components" search={{ coreId }}>
                {t('components.title')}
              </LinkButton>
            </Row>
            <ul className="z-dis-things">
              {components.data?.items.map((c) => (
                <li key={c.id}>
                  <Link to="/office/components/$componentId" params={{ componentId: c.id }}>
                    <Code>{c.code}</Code> {name(c.part)}
                    {c.qty > 1 ? ` ×${c.qty}` : ''}
                  </Link>
                  <ComponentTag state={c.state} />
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p className="z-note">{t('teardowns.notYet')}</p>
        )
      }
    </Reading>
  );
}
