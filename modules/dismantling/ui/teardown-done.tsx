import {
  Button,
  Code,
  formatQuantity,
  LinkButton,
  PrintButton,
  Row,
  Section,
  useAddress,
  useLang,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { FloorPage } from '@zaizao/platform/ui/floor';
import type { TeardownShown } from './words.tsx';

/** The core is no more; its components have names, labels, and a next station. */
export function TeardownDone({ view }: { view: TeardownShown }) {
  const t = useTexts('dismantling');
  const say = useSay();
  const lang = useLang();
  const [, change] = useAddress();
  const { balance } = view;
  const born = view.lines.flatMap((l) =>
    l.components.map((c) => ({ ...c, name: say(l.part.name), policy: l.policy })),
  );
  return (
    <FloorPage
      title={t('teardown.of', { code: view.core.code })}
      actions={
        <LinkButton
          kind="primary"
          size="large"
          wide
          icon="drop"
          to="/floor/cleaning"
          search={{ core: view.core.id }}
        >
          {t('teardown.toCleaning')}
        </LinkButton>
      }
    >
      <Verdict
        tone={balance.closes ? 'good' : 'decide'}
        title={t('teardown.born', { n: born.length })}
      >
        {t(balance.closes ? 'teardown.balanced' : 'teardown.unbalanced', {
          left: formatQuantity(Math.round(balance.differenceG), 'GRM', lang),
        })}{' '}
        {view.explanation}
      </Verdict>
      <Section title={t('teardown.labels')} note={t('teardown.labelsNote')}>
        <ul className="z-dis-things">
          {born.map((c) => (
            <li key={c.id}>
              <span>
                <Code>{c.code}</Code> {c.name}
                {c.qty > 1 ? ` ×${c.qty}` : ''}
                <br />
                <small>{t(`policy.${c.policy}`)}</small>
              </span>
              <PrintButton size="small" href={`/api/v1/quality/labels?format=pdf&epc=${c.code}`}>
                {t('teardown.label')}
              </PrintButton>
            </li>
          ))}
        </ul>
      </Section>
      <Row>
        <LinkButton to="/office/teardowns/$teardownId" params={{ teardownId: view.id }}>
          {t('teardown.record')}
        </LinkButton>
        <Button icon="scan" onClick={() => change({ teardown: undefined, core: undefined })}>
          {t('teardown.next')}
        </Button>
      </Row>
    </FloorPage>
  );
}
