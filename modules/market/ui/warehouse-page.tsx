import { Panels, useAddress, useMay, useTexts } from '@zaizao/platform/ui';
import { FloorPage, Keys } from '@zaizao/platform/ui/floor';
import { PickTask } from './pick-task.tsx';
import { PutAwayTask } from './put-away-task.tsx';
import { ShipTask } from './ship-task.tsx';
import { TakeBackTask } from './take-back-task.tsx';

const TASKS = ['putAway', 'pick', 'ship', 'takeBack', 'count'] as const;

/** 仓库: certified units into stock, orders picked by scanning, shipped; sold units taken back; stock counted. */
export default function WarehousePage() {
  const t = useTexts('market');
  const [search, change] = useAddress();
  const may = useMay();
  const tasks = TASKS.filter((x) => x !== 'count' || may('stock.stocktake:count'));
  const task = tasks.find((x) => x === search.task) ?? 'pick';
  return (
    <FloorPage title={t('warehouse.title')} note={t(`warehouse.${task}Note`)}>
      {/* one task a screen: what is being counted has it to itself */}
      {task !== 'count' || search.stocktake === undefined ? (
        <Keys
          label={t('warehouse.title')}
          value={task}
          digits
          onChange={(next) => change({ task: next, order: undefined, stocktake: undefined })}
          choices={tasks.map((value) => ({ value, label: t(`warehouse.${value}`) }))}
        />
      ) : null}
      {task === 'putAway' ? <PutAwayTask /> : null}
      {task === 'pick' ? <PickTask /> : null}
      {task === 'ship' ? <ShipTask /> : null}
      {task === 'takeBack' ? <TakeBackTask /> : null}
      {task === 'count' ? <Panels slot="warehouse-count" props={{}} /> : null}
    </FloorPage>
  );
}
