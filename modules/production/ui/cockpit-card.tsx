import { LinkButton, Stack, useTexts } from '@zaizao/platform/ui';
import { CockpitFigures } from './cockpit-figures.tsx';

/** The plant in five numbers. */
export default function CockpitCard() {
  const t = useTexts('production');
  return (
    <Stack>
      <CockpitFigures />
      <LinkButton icon="gauge" size="small" to="/office/cockpit">
        {t('cockpit.open')}
      </LinkButton>
    </Stack>
  );
}
