import { Tabs, useTexts } from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { LoadTab } from './load-tab.tsx';
import { OffersTab } from './offers-tab.tsx';
import './plan.css';
import { RequestsTab } from './requests-tab.tsx';

/** 产能: load against capacity, idle capacity of every plant on this installation, and who asks for it. */
export default function CapacityPage() {
  const t = useTexts('planning');
  return (
    <OfficePage title={t('capacity.title')} note={t('capacity.note')}>
      <Tabs
        label={t('capacity.title')}
        tabs={[
          { id: 'load', title: t('capacity.load'), render: () => <LoadTab /> },
          { id: 'offers', title: t('offer.title'), render: () => <OffersTab /> },
          { id: 'requests', title: t('request.title'), render: () => <RequestsTab /> },
        ]}
      />
    </OfficePage>
  );
}
