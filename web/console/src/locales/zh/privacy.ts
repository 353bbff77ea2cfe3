/** Personal data: who saw it. */
export const privacy = {
  log: "个人信息访问记录",
  logHint: "谁在什么时候看到过未脱敏的姓名、电话、邮箱或生日。",
  nobody: "还没有人看过",
  at: "时间",
  who: "查看人",
  what: "内容",
  where: "位置",
  and: "、",
};
