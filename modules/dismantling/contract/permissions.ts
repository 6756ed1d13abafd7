import { definePermissions } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';

export const perm = definePermissions({
  'dismantling.teardown:read': text('查看拆解', 'See teardowns'),
  'dismantling.teardown:record': text('拆解登记', 'Record teardowns'),
  'dismantling.component:read': text('查看零部件', 'See components'),
  'dismantling.component:scrap': text('零部件报废', 'Scrap components'),
  'dismantling.cleaning:record': text('清洗登记', 'Record cleaning'),
  'dismantling.plan:read': text('查看拆解计划', 'See teardown plans'),
  'dismantling.plan:decide': text('决定是否按计划拆解', 'Decide whether to follow a plan'),
  'dismantling.plan:edit': text('维护拆解费率、需求与方案', 'Edit rates, demand and studies'),
  'dismantling.joint:record': text(
    '登记连接拆开（含工位采集）',
    'Record joints, by hand or station',
  ),
  'dismantling.vehicle:check': text('整车检查', 'Check vehicles'),
  'dismantling.stream:record': text('登记去向与转出', 'Record where streams go'),
});
