export const app = {
  name: "熟客",
  platform: "平台",
  menu: "导航",
  skip: "跳到正文",
  language: "Switch to English",
  appearance: "外观",
  system: "跟随系统",
  light: "浅色",
  dark: "深色",
  toLight: "切换到浅色",
  toDark: "切换到深色",
};

export const menu = {
  dashboard: "经营看板",
  members: "会员",
  segments: "人群",
  value: "会员价值",
  lifecycle: "生命周期",
  tags: "标签",
  identity: "身份与合并",
  orders: "订单",
  programme: "会员计划",
  pointsRequests: "积分审批",
  promotions: "促销",
  coupons: "优惠券",
  redPackets: "红包",
  gifts: "转赠与分享",
  stacking: "叠加规则",
  trial: "试算",
  storedValue: "储值",
  cards: "礼品卡",
  clearing: "清算",
  liability: "负债与沉淀",
  payments: "收款",
  products: "商品",
  stores: "门店",
  staff: "员工与角色",
  keys: "API 密钥",
  events: "事件",
  imports: "数据导入",
  audit: "审计日志",
  settings: "设置",
  merchants: "商户",
  cashier: "收银台",
  account: "我的账号",
  group: {
    business: "经营",
    understand: "洞察会员",
    offers: "优惠",
    money: "资金",
    range: "商品与门店",
    manage: "管理",
    platform: "平台",
  },
};

export const action = {
  back: "返回",
  home: "回到首页",
  retry: "再试一次",
  export: "导出",
  clearFilters: "清除筛选",
  filter: "筛选",
  show: "查看结果",
  save: "保存",
  cancel: "取消",
  underWay: "正在进行，完成后自动关闭",
  remove: "移除",
  delete: "删除",
  confirm: "确定",
  add: "添加",
  edit: "编辑",
  close: "关闭",
  more: "加载更多",
  columns: "显示的列",
  signOut: "退出登录",
  all: "查看全部",
};

export const state = {
  empty: "这里还没有内容",
  noMatch: "没有符合条件的结果",
  noMatchHint: "换个关键词，或放宽筛选条件。",
  forbidden: "您没有查看此页的权限",
  forbiddenHint: "如果工作需要，请店主在“员工与角色”中调整您的角色。",
  missing: "没有这个页面",
  missingHint: "链接可能已失效，或地址有误。",
  broken: "页面出了点问题",
  brokenHint: "请刷新页面；如果仍然如此，请告知管理员。",
  offline: "连接不上服务器",
  offlineHint: "请检查网络后再试，您填写的内容还在。",
  gone: "没有找到",
  refused: "没有成功",
  refusedHint: "服务器没有接受这次请求（{{code}}）。",
};

export const pager = {
  label: "翻页",
  of: "第 {{span}} 条，共 {{total}} 条",
  span: "第 {{span}} 条",
  previous: "上一页",
  next: "下一页",
};

export const delta = {
  new: "上期无",
  up: "上升",
  down: "下降",
  same: "持平",
  points: "{{value}} 个百分点",
};

export const filter = {
  store: "门店",
  tier: "等级",
  channel: "渠道",
  status: "状态",
  source: "来源",
  region: "区域",
  category: "品类",
  from: "开始",
  to: "结束",
};

export const form = { required: "必填", optional: "选填" };

export const secret = { saved: "我已保存" };

export const signIn = {
  title: "登录",
  motto: "把过客变成熟客。",
  login: "登录名",
  password: "密码",
  loginNeeded: "请输入登录名",
  passwordNeeded: "请输入密码",
  submit: "登录",
  help: "忘记密码？请店主或管理员为您重置。",
};

export const account = {
  title: "我的账号",
  until: "本次登录有效至",
  signOutEverywhere: "退出所有设备",
  changePassword: "修改密码",
  current: "当前密码",
  new: "新密码",
  newHint: "至少 10 个字符。长的短句比复杂的符号更安全。",
  passwordChanged: "密码已修改",
};
