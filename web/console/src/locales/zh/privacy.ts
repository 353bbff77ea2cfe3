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
