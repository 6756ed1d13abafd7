import { definePermissions } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';

export const perm = definePermissions({
  'market.storefront:read': text('浏览商城', 'Browse the storefront'),
  'market.listing:read': text('查看上架商品', 'See own listings'),
  'market.listing:edit': text('商品上架', 'List goods'),
  'market.order:read': text('查看销售订单', 'See sales orders'),
  'market.order:manage': text('处理销售订单', 'Handle sales orders'),
  'market.margin:read': text('查看单台毛利', 'See the margin of units sold'),
  'market.delivery:record': text('拣货与发货', 'Pick and ship'),
  'market.purchase:read': text('查看采购订单', 'See purchases'),
  'market.purchase:place': text('采购下单', 'Place purchases'),
  'market.claim:file': text('报修申请', 'File warranty claims'),
  'market.claim:read': text('查看保修申请', 'See warranty claims'),
  'market.claim:remedy': text('办理保修', 'Remedy warranty claims'),
  'market.return:receive': text('收回售出产品', 'Take sold units back'),
});
