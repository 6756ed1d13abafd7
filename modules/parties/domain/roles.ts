import { type Text, text } from '@zaizao/platform/kernel';

/** A role: what its holder may do. Patterns are `module.thing:verb`, each part possibly `*`. */
interface Role {
  readonly title: Text;
  readonly permissions: readonly string[];
}

/** What everybody in a plant sees: the things on the floor, the catalogue, the story of each. */
const SEE_THE_PLANT = [
  'catalog.*:read',
  'cores.*:read',
  'dismantling.*:read',
  'inspection.*:read',
  'instruments.*:read',
  'production.*:read',
  'planning.*:read',
  'quality.*:read',
  'footprint.*:read',
  'ledger.*:read',
  'passport.*:read',
  'parties.*:read',
  'identity.*:read',
  'platform.file:*',
  'platform.job:read',
  'platform.live:*',
  'platform.printer:use',
];

const SEE_TRADE = ['market.*:read', 'deposits.*:read', 'logistics.*:read', 'stock.*:read'];

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

/** A role inside a plant. */
const plant = (title: Text, ...more: string[]): Role => ({
  title,
  permissions: [...SEE_THE_PLANT, ...more],
});

/** The one role of an organisation that deals with plants. */
const outside = (title: Text, ...more: string[]): Role => ({
  title,
  permissions: [...OWN_BOOKS, ...more],
});

/** The roles of the product. Data, not code: a permission is granted here or nowhere. */
export const roleTable = {
  owner: { title: text('负责人', 'Owner'), permissions: ['*'] },
  admin: {
    title: text('管理员', 'Administrator'),
    permissions: ['*:read', 'parties.*', 'identity.*', 'platform.*', 'catalog.*'],
  },
  receiver: plant(text('收货定级员', 'Receiver'), 'cores.*'),
  dismantler: plant(text('拆解员', 'Dismantler'), 'dismantling.*'),
  cleaner: plant(text('清洗员', 'Cleaner'), 'dismantling.*'),
  inspector: plant(text('检测员', 'Inspector'), 'inspection.*', 'quality.nonconformance:open'),
  machinist: plant(text('机加工', 'Machinist'), 'production.*'),
  assembler: plant(text('装配工', 'Assembler'), 'production.*'),
  tester: plant(text('试验员', 'Tester'), 'quality.*'),
  warehouse: plant(
    text('仓库员', 'Warehouse'),
    ...['cores.*', 'production.unit:*', 'logistics.*', 'market.*', 'deposits.*:read'],
    ...['stock.*:read', 'stock.stocktake:count'],
  ),
  planner: plant(
    text('计划员', 'Planner'),
    ...['production.*', 'planning.*', 'dismantling.plan:*', 'platform.job:cancel'],
    // Who counts does not settle what differs.
    ...['stock.stocktake:settle', ...SEE_TRADE],
  ),
  quality: plant(
    text('质量工程师', 'Quality engineer'),
    ...['quality.*', 'instruments.*', 'inspection.*', 'catalog.*', 'passport.*', 'ledger.*'],
    ...['production.*:read', 'market.claim:*', 'market.*:read', 'stock.*:read'],
  ),
  buyer: plant(text('旧件采购', 'Buyer of cores'), 'cores.*', 'parties.*', ...SEE_TRADE),
  sales: plant(
    text('销售', 'Sales'),
    ...['market.*', 'deposits.*', 'parties.*', 'logistics.*', 'stock.*:read'],
  ),
  collector: outside(text('旧件回收商', 'Core collector'), 'cores.*'),
  shop: outside(text('修理厂', 'Repair shop'), 'cores.*'),
  fleet: outside(text('车队与设备用户', 'Fleet and machine owner'), 'cores.*', 'monitoring.*'),
  certifier: outside(text('认证检测机构', 'Certifier'), 'quality.*', 'certification.*'),
  insurer: outside(text('保险机构', 'Insurer'), 'finance.*'),
  'park-operator': outside(text('园区运营方', 'Park operator'), 'park.*', 'knowledge.*'),
  viewer: {
    title: text('访客（只读）', 'Viewer (read only)'),
    permissions: ['*:read', 'platform.live'],
  },
} as const satisfies Record<string, Role>;
