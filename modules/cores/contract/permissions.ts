import { definePermissions } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';

export const corePermissions = definePermissions({
  'cores.core:read': text('查看旧件', 'See cores'),
  'cores.quote:request': text('询价卖旧件', 'Ask for a quote for a core'),
  'cores.core:quote': text('为供方报价', 'Quote for a supplier'),
  'cores.core:collect': text('上门取件', 'Collect cores'),
  'cores.core:receive': text('旧件收货', 'Receive cores'),
  'cores.core:grade': text('旧件定级', 'Grade cores'),
  'cores.core:move': text('旧件入库与处置', 'Stock, return and scrap cores'),
  'cores.credit:give': text('支付旧件返款', 'Give the credit of a core'),
});
