/** Personal data: who saw it. */
export const privacy = {
  log: "个人信息访问记录",
  logHint: "谁在什么时候看到过未脱敏的姓名、电话、邮箱或生日。",
  copy: "本人信息副本",
  copyHint: "会员有权得到我们保存的关于本人的全部信息。文件里没有其他会员的信息；下载会记入访问记录。",
  copyHtml: "下载网页文件",
  copyJson: "下载 JSON",
  nobody: "还没有人看过",
  at: "时间",
  who: "查看人",
  what: "内容",
  where: "位置",
  and: "、",
};

/** Erasing a member for good. */
export const erasing = {
  panel: "删除个人信息",
  panelHint: "会员有权要求删除。订单和账目只保留会员号，此外的一切都会删除，不能恢复。",
  open: "删除个人信息…",
  title: "删除个人信息",
  lead: "删除后不能恢复。她可以用同一手机号重新入会，但会是一位新会员。",
  obstacles: "请先处理",
  forfeit: "会员本人确认放弃以上金额",
  losses: "将作废的余额",
  goes: "将被删除",
  stays: "保留什么，为什么",
  reason: "事由",
  reasonHint: "会一直保留，请不要写入个人信息。",
  confirm: "请输入会员号 {{number}} 以确认",
  submit: "永久删除",
  done: "个人信息已删除",
  erased: "会员已删除",
  erasedHint: "订单和账目以会员号保留，它不再指向任何人。",
  list: "删除记录",
  listHint: "谁在什么时候删除了哪位会员的个人信息。记录本身不含个人信息。",
  none: "还没有删除过会员",
  at: "时间",
  number: "会员号",
  by: "经办",
  count: "删除条目",
  lake: "分析副本",
  lakeDone: "已清除",
  lakeWaits: "几分钟内清除",
  gaveUp: "已放弃余额",
};

/** For how long data is kept. */
export const retention = {
  title: "保留期限",
  hint: "超过期限的数据每天夜里自动删除。",
  days: "天",
  look: "预览",
  lookFirst: "期限已改动：先预览将删除多少，再保存。",
  save: "保存",
  saved: "已保存，今晚起生效",
  over: "将删除 {{rows}} 条",
};
