import { Tabs, useTexts } from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { CalendarsTab } from './calendars-tab.tsx';
import { ClosuresTab } from './closures-tab.tsx';
import { PeopleTab } from './people-tab.tsx';
import './plan.css';
import { SettingsTab } from './settings-tab.tsx';
import { StationsTab } from './stations-tab.tsx';

/** 班次与人员: when stations are open, who can do what, who is away, and how the plant plans. */
export default function ResourcesPage() {
  const t = useTexts('planning');
  return (
    <OfficePage title={t('resources.title')} note={t('resources.note')}>
      <Tabs
        label={t('resources.title')}
        tabs={[
          { id: 'calendars', title: t('calendar.title'), render: () => <CalendarsTab /> },
          { id: 'stations', title: t('station.title'), render: () => <StationsTab /> },
          { id: 'people', title: t('people.title'), render: () => <PeopleTab /> },
          { id: 'closures', title: t('closure.title'), render: () => <ClosuresTab /> },
          { id: 'settings', title: t('settings.title'), render: () => <SettingsTab /> },
        ]}
      />
    </OfficePage>
  );
}
