import { type Text, text } from '@zaizao/platform/kernel';

/** A role: what its holder may do. Patterns are `module.thing:verb`, each part possibly `*`. */
export interface Role {
  readonly key: string;
  readonly title: Text;
  /** Works inside a plant, or belongs to another kind of organisation. */
  readonly place: 'plant' | 'outside';
  readonly grants: readonly string[];
}

/** What everybody in a plant sees: the things on the floor, the catalogue, the story of each. */
const SEE_THE_PLANT = [
  'catalog.*:read',
  'cores.*:read',
  'dismantling.*:read',
  'inspection.*:read',
  'production.*:read',
  'quality.*:read',
  'ledger.*:read',
  'passport.*:read',
  'parties.*:read',
  'identity.*:read',
  'platform.file:*',
  'platform.job:read',
  'platform.live:*',
];

const SEE_TRADE = ['market.*:read', 'deposits.*:read', 'logistics.*:read'];

/** What every outside organisation needs of its own books. */
const OWN_BOOKS = [
  'parties.*:*',
  'catalog.*:read',
  'ledger.*:read',
  'passport.*:read',
  'identity.*:*',
  'platform.*:*',
  'market.*:*',
  'deposits.*:*',
  'logistics.*:*',
];

const plant = (key: string, title: Text, ...grants: string[]): Role => ({
  key,
  title,
  place: 'plant',
  grants: [...SEE_THE_PLANT, ...grants],
});

const outside = (key: string, title: Text, ...grants: string[]): Role => ({
  key,
  title,
  place: 'outside',
  grants: [...OWN_BOOKS, ...grants],
});

/** The roles of the product. Data, not code: a permission is granted here or nowhere. */
export const roles: readonly Role[] = [
  { key: 'owner', title: text('负责人', 'Owner'), place: 'plant', grants: ['*.*:*'] },
  {
    key: 'admin',
    title: text('管理员', 'Administrator'),
    place: 'plant',
    grants: ['*.*:read', 'parties.*:*', 'identity.*:*', 'platform.*:*', 'catalog.*:*'],
  },
  plant('receiver', text('收货定级员', 'Receiver'), 'cores.*:*'),
  plant('dismantler', text('拆解员', 'Dismantler'), 'dismantling.*:*', 'cores.core:tear-down'),
  plant('cleaner', text('清洗员', 'Cleaner'), 'dismantling.*:*'),
  plant('inspector', text('检测员', 'Inspector'), 'inspection.*:*'),
  plant('machinist', text('机加工', 'Machinist'), 'production.operation:*', 'production.task:*'),
  plant('assembler', text('装配工', 'Assembler'), 'production.*:*'),
  plant('tester', text('试验员', 'Tester'), 'quality.test:*', 'quality.nonconformance:open'),
  plant(
    'warehouse',
    text('仓库员', 'Warehouse'),
    ...['cores.core:move', 'production.unit:move', 'logistics.*:*', 'market.delivery:*'],
  ),
  plant('planner', text('计划员', 'Planner'), 'production.*:*', 'planning.*:*', ...SEE_TRADE),
  plant(
    'quality',
    text('质量工程师', 'Quality engineer'),
    ...['quality.*:*', 'inspection.*:*', 'catalog.*:*', 'passport.*:*', 'ledger.*:verify'],
  ),
  plant('buyer', text('旧件采购', 'Buyer of cores'), 'cores.*:*', 'parties.*:*', ...SEE_TRADE),
  plant('sales', text('销售', 'Sales'), 'market.*:*', 'deposits.*:*', 'parties.partner:*'),
  outside('collector', text('旧件回收商', 'Core collector'), 'cores.*:*'),
  outside('shop', text('修理厂', 'Repair shop'), 'cores.*:*'),
  outside(
    'fleet',
    text('车队与设备用户', 'Fleet and machine owner'),
    'cores.*:*',
    'monitoring.*:*',
  ),
  outside('certifier', text('认证检测机构', 'Certifier'), 'quality.*:*', 'certification.*:*'),
  outside('insurer', text('保险机构', 'Insurer'), 'finance.*:*'),
  outside('park-operator', text('园区运营方', 'Park operator'), 'park.*:*', 'knowledge.*:*'),
  {
    key: 'viewer',
    title: text('访客（只读）', 'Viewer (read only)'),
    place: 'outside',
    grants: ['*.*:read', 'platform.live:*'],
  },
];
