import { useAddress, useTexts } from '@zaizao/platform/ui';
import { FloorPage, Keys } from '@zaizao/platform/ui/floor';
import { PickTask } from './pick-task.tsx';
import { PutAwayTask } from './put-away-task.tsx';
import { ShipTask } from './ship-task.tsx';
import { TakeBackTask } from './take-back-task.tsx';

const TASKS = ['putAway', 'pick', 'ship', 'takeBack'] as const;

/** 仓库: certified units into stock, orders picked by scanning, shipped; sold units taken back. */
export default function WarehousePage() {
  const t = useTexts('market');
  const [search, change] = useAddress();
  const task = TASKS.find((x) => x === search.task) ?? 'pick';
  return (
    <FloorPage title={t('warehouse.title')} note={t(`warehouse.${task}Note`)}>
      <Keys
        label={t('warehouse.title')}
        value={task}
        digits
        onChange={(next) => change({ task: next, order: undefined })}
        choices={TASKS.map((value) => ({ value, label: t(`warehouse.${value}`) }))}
      />
      {task === 'putAway' ? <PutAwayTask /> : null}
      {task === 'pick' ? <PickTask /> : null}
      {task === 'ship' ? <ShipTask /> : null}
      {task === 'takeBack' ? <TakeBackTask /> : null}
    </FloorPage>
  );
}
