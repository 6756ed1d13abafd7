import {
  Button,
  LinkButton,
  Row,
  useAddress,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { FloorPage } from '@zaizao/platform/ui/floor';
import type { Shown } from './words.tsx';

/** What was decided, and where the component goes now. */
export function InspectionDone({ view }: { view: Shown }) {
  const t = useTexts('inspection');
  const say = useSay();
  const [, change] = useAddress();
  const { decision } = view;
  return (
    <FloorPage
      title={`${view.component.code} ${say(view.component.part.name)}`}
      actions={
        <Button
          kind="primary"
          size="large"
          wide
          icon="scan"
          onClick={() => change({ inspection: undefined, component: undefined })}
        >
          {t('inspect.next')}
        </Button>
      }
    >
      {decision ? (
        <Verdict
          tone={decision.disposition === 'reuse' ? 'good' : 'decide'}
          title={t(`decision.${decision.disposition}`)}
        >
          {decision.overrideReason ?? say(decision.reason)}
          <br />
          {t(`decide.next.${decision.disposition}`)}
        </Verdict>
      ) : null}
      <Row>
        <LinkButton to="/office/inspections/$inspectionId" params={{ inspectionId: view.id }}>
          {t('inspect.record')}
        </LinkButton>
      </Row>
    </FloorPage>
  );
}
